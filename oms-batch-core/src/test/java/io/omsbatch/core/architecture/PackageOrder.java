package io.omsbatch.core.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The packages of one module, lowest level first: a package imports only its own level and those below it. The packages
 * of one level may import each other as long as there is no cycle. A package that the order does not name is a violation.
 */
final class PackageOrder extends ArchCondition<JavaClass> {
    private final String module;
    private final List<Set<String>> levels;

    /** Names the levels by their packages relative to the module's root, which is the empty string. */
    PackageOrder(String module, List<Set<String>> levels) {
        super("import only packages of " + module + " at or below its own level");
        this.module = module;
        this.levels = levels;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        int own = level(type);
        if (own < 0) {
            violated(events, type, type.getFullName() + " is in a package without a place in the order");
            return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (isOurs(target) && level(target) > own) {
                violated(events, type, dependency.getDescription());
            }
        }
    }

    /** The packages that the order names; new each time. */
    Set<String> packages() {
        Set<String> packages = new TreeSet<>();
        levels.forEach(level -> level.forEach(name -> packages.add(name.isEmpty() ? module : module + "." + name)));
        return packages;
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(module) || type.getPackageName().startsWith(module + ".");
    }

    private int level(JavaClass type) {
        String name = type.getPackageName();
        String relative = name.equals(module) ? "" : name.substring(module.length() + 1);
        for (int level = 0; level < levels.size(); level++) {
            if (levels.get(level).contains(relative)) {
                return level;
            }
        }
        return -1;
    }

    private static void violated(ConditionEvents events, JavaClass type, String message) {
        events.add(SimpleConditionEvent.violated(type, message));
    }
}
