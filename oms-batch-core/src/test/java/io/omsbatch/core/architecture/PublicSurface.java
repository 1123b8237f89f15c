package io.omsbatch.core.architecture;

import static java.util.stream.Collectors.joining;

import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Everything of one module that a host can name, as lines of text: what the module exports, the public and protected
 * types with their supertypes, and their public and protected members. Sorted, and alike on every JDK.
 */
final class PublicSurface {
    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    private PublicSurface() {}

    static List<String> of(String module) {
        List<String> lines = new ArrayList<>(header(PublishedModules.descriptor(module)));
        for (String name : PublishedModules.exportedPackages(module)) {
            lines.add("");
            lines.add("package " + name);
            PublishedModules.classesIn(name).stream()
                    .map(type -> load(type.getName()))
                    .filter(PublicSurface::isVisible)
                    .sorted((a, b) -> a.getCanonicalName().compareTo(b.getCanonicalName()))
                    .forEach(type -> {
                        lines.add("  " + declaration(type));
                        members(type).forEach(member -> lines.add("    " + member));
                    });
        }
        return lines;
    }

    private static List<String> header(ModuleDescriptor module) {
        List<String> lines = new ArrayList<>();
        lines.add("module " + module.name());
        module.requires().stream()
                .filter(needed -> !needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.MANDATED))
                .map(needed -> "  requires " + words(needed.modifiers()) + needed.name())
                .sorted()
                .forEach(lines::add);
        module.opens().stream()
                .map(opened ->
                        "  opens " + opened.source() + " to " + String.join(", ", new TreeSet<>(opened.targets())))
                .sorted()
                .forEach(lines::add);
        return lines;
    }

    private static String declaration(Class<?> type) {
        StringBuilder line = new StringBuilder(deprecation(type)).append(modifiers(type));
        line.append(type.getCanonicalName()).append(SurfaceTypes.parameters(type.getTypeParameters()));
        if (type.isRecord()) {
            line.append(Arrays.stream(type.getRecordComponents())
                    .map(part -> SurfaceTypes.of(part.getAnnotatedType()) + " " + part.getName())
                    .collect(joining(", ", "(", ")")));
        }
        if (type.getSuperclass() != null
                && !type.isRecord()
                && !type.isEnum()
                && type.getSuperclass() != Object.class) {
            line.append(" extends ").append(SurfaceTypes.of(type.getAnnotatedSuperclass()));
        }
        AnnotatedType[] interfaces = type.getAnnotatedInterfaces();
        if (interfaces.length > 0 && !type.isAnnotation()) {
            line.append(type.isInterface() ? " extends " : " implements ").append(SurfaceTypes.list(interfaces));
        }
        if (type.isSealed()) {
            line.append(" permits ")
                    .append(Arrays.stream(type.getPermittedSubclasses())
                            .map(SurfaceTypes::name)
                            .sorted()
                            .collect(joining(", ")));
        }
        return line.toString();
    }

    private static String modifiers(Class<?> type) {
        int flags = type.getModifiers();
        StringBuilder words = new StringBuilder(Modifier.isPublic(flags) ? "public " : "protected ");
        if (type.isAnnotation()) {
            return words.append("@interface ").toString();
        }
        words.append(type.isSealed() ? "sealed " : "");
        if (type.isInterface() || type.isRecord() || type.isEnum()) {
            return words.append(type.isInterface() ? "interface " : type.isRecord() ? "record " : "enum ")
                    .toString();
        }
        words.append(type.isMemberClass() && Modifier.isStatic(flags) ? "static " : "");
        words.append(Modifier.isAbstract(flags) ? "abstract " : "");
        words.append(Modifier.isFinal(flags) ? "final " : "");
        return words.append("class ").toString();
    }

    private static Collection<String> members(Class<?> type) {
        Set<String> members = new TreeSet<>();
        if (type.isEnum()) {
            // In their own order, which compareTo and switch tables of hosts know.
            members.add("constants "
                    + Arrays.stream(type.getDeclaredFields())
                            .filter(Field::isEnumConstant)
                            .map(constant -> deprecation(constant) + constant.getName())
                            .collect(joining(", ")));
        }
        Arrays.stream(type.getDeclaredConstructors())
                .filter(code -> isOffered(code) && !isCanonical(code))
                .forEach(code -> members.add(deprecation(code)
                        + words(code)
                        + typeParameters(code)
                        + type.getSimpleName()
                        + parameters(code)));
        withHiddenSuperclasses(type).forEach(owner -> {
            Arrays.stream(owner.getDeclaredFields())
                    .filter(field -> isOffered(field.getModifiers(), field.isSynthetic()) && !field.isEnumConstant())
                    .forEach(field -> members.add(deprecation(field) + words(field.getModifiers())
                            + SurfaceTypes.of(field.getAnnotatedType()) + " " + field.getName()));
            Arrays.stream(owner.getDeclaredMethods())
                    .filter(method -> isOffered(method) && !isImplied(owner, method))
                    .forEach(method -> members.add(deprecation(method) + words(method) + typeParameters(method)
                            + SurfaceTypes.of(method.getAnnotatedReturnType()) + " " + method.getName()
                            + parameters(method)));
        });
        return members;
    }

    /** The type and those of its superclasses that hosts cannot name but whose public members they inherit. */
    private static Stream<Class<?>> withHiddenSuperclasses(Class<?> type) {
        return Stream.concat(
                Stream.of(type),
                Stream.<Class<?>>iterate(
                        type.getSuperclass(), above -> above != null && !isVisible(above), Class::getSuperclass));
    }

    private static String parameters(Executable code) {
        String list = SurfaceTypes.list(code.getAnnotatedParameterTypes());
        String shown = code.isVarArgs() ? list.substring(0, list.length() - "[]".length()) + "..." : list;
        String thrown = SurfaceTypes.list(code.getAnnotatedExceptionTypes());
        return "(" + shown + ")" + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static String typeParameters(Executable code) {
        String parameters = SurfaceTypes.parameters(code.getTypeParameters());
        return parameters.isEmpty() ? "" : parameters + " ";
    }

    private static String words(Executable code) {
        if (code instanceof Method method && code.getDeclaringClass().isInterface()) {
            return words(code.getModifiers() & ~Modifier.ABSTRACT) + (method.isDefault() ? "default " : "");
        }
        return words(code.getModifiers());
    }

    /** Without those that change nothing for a host, such as synchronized. */
    private static String words(int flags) {
        String words = Modifier.toString(
                flags & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL));
        return words + " ";
    }

    private static String words(Set<ModuleDescriptor.Requires.Modifier> modifiers) {
        return modifiers.stream()
                .sorted()
                .map(word -> word.name().toLowerCase(Locale.ROOT) + " ")
                .collect(joining());
    }

    private static String deprecation(AnnotatedElement element) {
        Deprecated deprecated = element.getAnnotation(Deprecated.class);
        return deprecated == null ? "" : deprecated.forRemoval() ? "@Deprecated(forRemoval) " : "@Deprecated ";
    }

    private static boolean isImplied(Class<?> owner, Method method) {
        boolean ofEnum = owner.isEnum()
                && Modifier.isStatic(method.getModifiers())
                && Set.of("values", "valueOf").contains(method.getName());
        boolean ofRecord = owner.isRecord()
                && Arrays.stream(owner.getRecordComponents())
                        .map(RecordComponent::getAccessor)
                        .anyMatch(method::equals);
        return ofEnum || ofRecord || OF_EVERY_OBJECT.contains(method.getName());
    }

    private static boolean isCanonical(Constructor<?> code) {
        Class<?> owner = code.getDeclaringClass();
        return owner.isRecord()
                && Arrays.equals(
                        code.getParameterTypes(),
                        Arrays.stream(owner.getRecordComponents())
                                .map(RecordComponent::getType)
                                .toArray());
    }

    private static boolean isOffered(Executable code) {
        return isOffered(code.getModifiers(), code.isSynthetic());
    }

    private static boolean isOffered(int flags, boolean synthetic) {
        return !synthetic && (Modifier.isPublic(flags) || Modifier.isProtected(flags));
    }

    private static boolean isVisible(Class<?> type) {
        return type.getCanonicalName() != null
                && isOffered(type.getModifiers(), type.isSynthetic())
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicSurface.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
