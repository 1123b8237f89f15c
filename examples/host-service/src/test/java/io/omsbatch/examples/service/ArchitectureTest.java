package io.omsbatch.examples.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.omsbatch.testkit.rules.HostRules;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The service's own classes")
class ArchitectureTest {

    private static final String HERE = "io.omsbatch.examples.service";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HERE);

    @Test
    @DisplayName("send no command past the engine")
    void onlyTheEngineCommands() {
        assertThat(classes.size()).isGreaterThan(40); // a rule over nothing always passes
        HostRules.onlyTheEngineCommandsGateways().check(classes);
    }

    @Test
    @DisplayName("do not call the engine back from what it calls")
    void calledBack() {
        HostRules.calledBackPartsDoNotCallTheEngine().check(classes);
    }

    @Test
    @DisplayName("know the gateway's implementation only where the engine is made, and where tasks are named")
    void gatewayAtTheEdge() {
        HostRules.gatewaysStayOutOf(HERE + ".platform..", HERE + ".watch..").check(classes);
    }

    @Test
    @DisplayName("keep the platform free of the library")
    void platformAlone() {
        noClasses()
                .that()
                .resideInAPackage(HERE + ".platform..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.omsbatch.api..", "io.omsbatch.core..")
                .because("the gateway translates; the platform was there before")
                .check(classes);
    }
}
