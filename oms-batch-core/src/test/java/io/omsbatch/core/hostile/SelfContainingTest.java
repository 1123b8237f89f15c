package io.omsbatch.core.hostile;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.task.MigrationTask;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SEC-3: A collection that holds itself, past the compiler,")
class SelfContainingTest {

    @SuppressWarnings("unchecked")
    private static <T> List<T> list() {
        return (List<T>) BadCollections.listOfItself();
    }

    @SuppressWarnings("unchecked")
    private static <T> Set<T> set() {
        return (Set<T>) BadCollections.setOfItself();
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(ClassCastException.class);
    }

    @Test
    @DisplayName("is no task, tag or platform, and overflows no stack")
    void refused() {
        refused(() -> BatchRequest.of("r", World.ANN, BatchOperation.stop(), list()));
        refused(() -> new BatchRequest("r", World.ANN, BatchOperation.stop(), list(), RunPolicy.none(), null));
        refused(() -> new Confirmation("f", World.ANN, "because", set()));
        refused(() -> new Control.Target.Tasks(set()));
        refused(() -> MigrationTask.builder(World.ref("t1")).tags(set()));
        refused(() -> new GatewayCapabilities(set(), Duration.ZERO, null, 0, Set.of()));
        refused(() -> new GatewayCapabilities(Set.of(), Duration.ZERO, null, 0, set()));
    }
}
