package io.omsbatch.core.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
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
            JavaClass top = topLevel(method.getOwner());
            boolean startsServers = !property && top.getSimpleName().endsWith("IT");
            if (!startsServers && !top.getSimpleName().endsWith(suffix)) {
                events.add(SimpleConditionEvent.violated(
                        method,
                        method.getFullName() + " is in " + top.getSimpleName() + ", which does not end in " + suffix));
            }
        }

        private static JavaClass topLevel(JavaClass type) {
            return type.getEnclosingClass()
                    .map(BeInAClassThatTheBuildRuns::topLevel)
                    .orElse(type);
        }
    }
}
