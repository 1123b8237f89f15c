package io.omsbatch.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The hosts that break one promise each")
class BrokenHostsTest {

    private static final Path SOURCES = Path.of("src/test/java/io/omsbatch/testkit/contract");

    private static List<String> gateways(Class<?> broken) {
        return Arrays.stream(broken.getDeclaredMethods())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .toList();
    }

    private static List<String> finding(Class<?>... tests) {
        return Arrays.stream(tests)
                .flatMap(test -> Arrays.stream(test.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getAnnotation(DisplayName.class).value())
                .filter(name -> name.startsWith("finds "))
                .toList();
    }

    @Test
    @DisplayName("are at least 25 gateways for tasks and 25 for switchovers, each of them found by a test")
    void gateways() throws IOException {
        List<String> tasks = gateways(BrokenTaskGateways.class);
        List<String> switchovers = gateways(BrokenSwitchoverGateways.class);
        assertThat(tasks).hasSizeGreaterThanOrEqualTo(25);
        assertThat(switchovers).hasSizeGreaterThanOrEqualTo(25);
        String code = Files.readString(SOURCES.resolve("TaskGatewayContractTest.java"))
                + Files.readString(SOURCES.resolve("SwitchoverGatewayContractTest.java"))
                + Files.readString(SOURCES.resolve("SwitchBackContractTest.java"));
        assertThat(tasks).allSatisfy(name -> assertThat(code).contains("BrokenTaskGateways." + name + "("));
        assertThat(switchovers).allSatisfy(name -> assertThat(code).contains("BrokenSwitchoverGateways." + name + "("));
        assertThat(finding(TaskGatewayContractTest.class)).hasSizeGreaterThanOrEqualTo(tasks.size());
    }

    @Test
    @DisplayName("are at least 75 stores, 6 policies of eligibility and 6 of access")
    void storesAndPolicies() {
        assertThat(finding(
                        JournalStoreContractTest.class,
                        JournalInboxContractTest.class,
                        JournalReachContractTest.class,
                        JournalDatabaseContractTest.class))
                .hasSizeGreaterThanOrEqualTo(75);
        assertThat(finding(EligibilityPolicyContractTest.class)).hasSizeGreaterThanOrEqualTo(6);
        assertThat(finding(AccessPolicyContractTest.class)).hasSizeGreaterThanOrEqualTo(6);
    }
}
