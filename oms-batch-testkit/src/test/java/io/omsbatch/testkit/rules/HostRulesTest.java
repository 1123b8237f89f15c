package io.omsbatch.testkit.rules;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.omsbatch.api.access.AccessPolicy;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.FakePlatform;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rules for hosts")
class HostRulesTest {

    /** A host that goes past the engine. */
    record PastTheEngine(TaskGateway gateway) {
        GatewayReply hurry(TaskCommand command) {
            return gateway.command(command);
        }
    }

    /** A host that asks the engine. */
    record ThroughTheEngine(BatchEngine engine) {
        BatchPlan plan(BatchRequest request) {
            return engine.plan(request);
        }
    }

    @Test
    @DisplayName("find a class that commands a gateway itself, and say why that is wrong (RUN-2, RUN-5)")
    void pastTheEngine() {
        assertThatThrownBy(() -> HostRules.onlyTheEngineCommandsGateways()
                        .check(new ClassFileImporter().importClasses(PastTheEngine.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PastTheEngine.hurry")
                .hasMessageContaining("claimed by nobody");
    }

    @Test
    @DisplayName("let pass who asks the engine, and gateways themselves")
    void throughTheEngine() {
        assertThatCode(() -> HostRules.onlyTheEngineCommandsGateways()
                        .check(new ClassFileImporter().importClasses(ThroughTheEngine.class, FakePlatform.class)))
                .doesNotThrowAnyException();
    }

    /** A listener that acts by itself. */
    record ActingListener(BatchEngine engine) implements BatchListener {
        @Override
        public void onEvent(BatchEvent event) {
            if (event instanceof BatchEvent.RunParked parked) {
                engine.find(parked.stamp().runId());
            }
        }
    }

    /** An access policy that waits for a run. */
    record WaitingPolicy(BatchRun run) implements AccessPolicy {
        @Override
        public boolean allows(Actor actor, BatchOperation operation, TaskRef task) {
            return run.progress().ended() > 0;
        }
    }

    /** A listener that only keeps what it was told. */
    record KeepingListener(List<BatchEvent> events) implements BatchListener {
        @Override
        public void onEvent(BatchEvent event) {
            events.add(event);
        }
    }

    @Test
    @DisplayName("find a listener and a policy that call back into the engine, and say why that is wrong")
    void callsBack() {
        for (Class<?> broken : List.of(ActingListener.class, WaitingPolicy.class)) {
            assertThatThrownBy(() -> HostRules.calledBackPartsDoNotCallTheEngine()
                            .check(new ClassFileImporter().importClasses(broken)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(broken.getSimpleName())
                    .hasMessageContaining("the engine is waiting for it meanwhile");
        }
        assertThatCode(() -> HostRules.calledBackPartsDoNotCallTheEngine()
                        .check(new ClassFileImporter().importClasses(KeepingListener.class, ThroughTheEngine.class)))
                .doesNotThrowAnyException();
    }

    /** A part of a domain that knows which platform there is. */
    record KnowsItsPlatform(FakePlatform platform) {
        int tasks() {
            return platform.tasks().size();
        }
    }

    @Test
    @DisplayName(
            "find a class of the domain that knows a gateway's implementation, and let pass one that knows the port")
    void leaks() {
        String domain = HostRulesTest.class.getPackageName();
        assertThatThrownBy(() -> HostRules.gatewaysStayOutOf(domain)
                        .check(new ClassFileImporter().importClasses(KnowsItsPlatform.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("KnowsItsPlatform")
                .hasMessageContaining("belongs to the edge of the host");
        assertThatCode(() -> HostRules.gatewaysStayOutOf(domain)
                        .check(new ClassFileImporter().importClasses(PastTheEngine.class, ThroughTheEngine.class)))
                .doesNotThrowAnyException();
        assertThatCode(() -> HostRules.gatewaysStayOutOf("com.example.elsewhere..")
                        .allowEmptyShould(true)
                        .check(new ClassFileImporter().importClasses(KnowsItsPlatform.class)))
                .doesNotThrowAnyException();
    }
}
