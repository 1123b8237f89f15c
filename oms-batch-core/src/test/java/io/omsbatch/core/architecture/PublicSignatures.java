package io.omsbatch.core.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a host sees of a type (supertypes, public and protected members) names only types that the host may see. */
final class PublicSignatures extends ArchCondition<JavaClass> {
    private final Set<String> exported;
    private final List<String> alsoAllowed;

    /**
     * Allows the JDK, the exported packages and those below {@code alsoAllowed}.
     */
    PublicSignatures(Set<String> exported, List<String> alsoAllowed) {
        super("show hosts only types of the JDK, of exported packages"
                + (alsoAllowed.isEmpty() ? "" : " and of " + alsoAllowed));
        this.exported = exported;
        this.alsoAllowed = alsoAllowed;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!isVisible(type)) {
            return;
        }
        List<JavaType> supertypes = new ArrayList<>(type.getInterfaces());
        type.getSuperclass().ifPresent(supertypes::add);
        supertypes.addAll(type.getTypeParameters());
        report(type, type.getFullName(), supertypes, events);
        for (JavaMember member : type.getMembers()) {
            if (isPublicOrProtected(member.getModifiers())) {
                report(type, member.getFullName(), typesOf(member), events);
            }
        }
    }

    private static List<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return List.of(field.getType());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        List<JavaType> types = new ArrayList<>(code.getParameterTypes());
        types.add(code.getReturnType());
        types.addAll(code.getTypeParameters());
        types.addAll(code.getExceptionTypes());
        return types;
    }

    private void report(JavaClass owner, String where, List<JavaType> types, ConditionEvents events) {
        Set<String> hidden = new TreeSet<>();
        for (JavaType type : types) {
            for (JavaClass raw : type.getAllInvolvedRawTypes()) {
                if (!mayBeSeen(raw.getBaseComponentType())) {
                    hidden.add(raw.getFullName());
                }
            }
        }
        if (!hidden.isEmpty()) {
            events.add(SimpleConditionEvent.violated(owner, where + " shows " + hidden));
        }
    }

    private boolean mayBeSeen(JavaClass type) {
        String name = type.getPackageName();
        return type.isPrimitive()
                || name.startsWith("java.")
                || name.startsWith("javax.sql")
                || (exported.contains(name) && isVisible(type))
                || alsoAllowed.stream().anyMatch(prefix -> name.equals(prefix) || name.startsWith(prefix + "."));
    }

    private static boolean isVisible(JavaClass type) {
        return isPublicOrProtected(type.getModifiers())
                && type.getEnclosingClass().map(PublicSignatures::isVisible).orElse(true);
    }

    private static boolean isPublicOrProtected(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
