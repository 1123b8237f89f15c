package io.omsbatch.core.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Every test of core bears a name by which the build finds it")
class TestNamingTest {
    @Test
    @DisplayName("properties live in *Properties, tests that start servers in *IT, all other tests in *Test")
    void names() {
        methods()
                .that()
                .areMetaAnnotatedWith("org.junit.platform.commons.annotation.Testable")
                .should(new BeInAClassThatTheBuildRuns())
                .because("a test under another name, or under the other engine's name, is silently not run")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                        .importPackages(PublishedModules.CORE));
    }

    private static final class BeInAClassThatTheBuildRuns extends ArchCondition<JavaMethod> {
        BeInAClassThatTheBuildRuns() {
            super("be in a class that the build runs");
        }

        @Override
        public void check(JavaMethod method, ConditionEvents events) {
            boolean property = method.isAnnotatedWith(Property.class) || method.isMetaAnnotatedWith(Property.class);
            String suffix = property ? "Properties" : "Test";
            for (JavaClass run : runs(method.getOwner())) {
                String name = topLevel(run).getSimpleName();
                boolean startsServers = !property && name.endsWith("IT");
                if (!startsServers && !name.endsWith(suffix)) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " is in " + name + ", which does not end in " + suffix));
                }
            }
        }

        /** The classes under whose names tests run: for an abstract one all that extend it, or itself if nothing does. */
        private static Set<JavaClass> runs(JavaClass owner) {
            if (!owner.getModifiers().contains(JavaModifier.ABSTRACT)
                    || owner.getAllSubclasses().isEmpty()) {
                return Set.of(owner);
            }
            return owner.getAllSubclasses();
        }

        private static JavaClass topLevel(JavaClass type) {
            return type.getEnclosingClass()
                    .map(BeInAClassThatTheBuildRuns::topLevel)
                    .orElse(type);
        }
    }
}
