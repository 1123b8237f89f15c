package io.omsbatch.testkit.contract;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What came of running a contract against an implementation. */
final class ContractRun implements TestExecutionListener {

    private final Map<String, String> failed = new TreeMap<>();
    private final Map<String, String> skipped = new TreeMap<>();
    private int passed;

    static ContractRun of(Class<?> contract) {
        ContractRun run = new ContractRun();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(contract))
                .build();
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build());
        launcher.execute(request, run);
        return run;
    }

    /** Returns the messages of the failed tests, by the names of their methods. */
    Map<String, String> failed() {
        return failed;
    }

    /** Returns the reasons of the skipped tests, by the names of their methods. */
    Map<String, String> skipped() {
        return skipped;
    }

    int passed() {
        return passed;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String name = test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName())
                .orElse(test.getDisplayName());
        String message = result.getThrowable().map(String::valueOf).orElse("");
        switch (result.getStatus()) {
            case FAILED -> failed.put(name, message);
            case ABORTED -> skipped.put(name, message);
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    passed++;
                }
            }
        }
    }
}
