package io.omsbatch.testkit.rules;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.testkit.fake.FakePlatform;
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
}
