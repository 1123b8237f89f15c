package io.omsbatch.core.process;

import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.journal.jdbc.PostgresServer;
import io.omsbatch.testkit.contract.GatewayBench;
import io.omsbatch.testkit.contract.SwitchoverBench;
import io.omsbatch.testkit.contract.SwitchoverGatewayContract;
import io.omsbatch.testkit.contract.TaskGatewayContract;
import io.omsbatch.testkit.contract.TaskSetup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("The platform in rows, on which killed processes are tried,")
class RowGatewayContractIT {

    private static RowPlatform platform;

    @BeforeAll
    static void open() {
        platform = RowPlatform.in(PostgresServer.sixteen());
    }

    @AfterAll
    static void close() {
        platform.close();
    }

    @Nested
    @DisplayName("keeps the task gateway's contract, fencing and deduplicating")
    class FencingTasks extends TaskGatewayContract {
        @Override
        protected GatewayBench bench() {
            return new Bench(Manners.FENCES_AND_DEDUPLICATES);
        }
    }

    @Nested
    @DisplayName("keeps the switchover gateway's contract, fencing and deduplicating")
    class FencingSwitchover extends SwitchoverGatewayContract {
        @Override
        protected SwitchoverBench bench() {
            return new Bench(Manners.FENCES_AND_DEDUPLICATES);
        }
    }

    @Nested
    @DisplayName("keeps the task gateway's contract, bounding its effects")
    class BoundingTasks extends TaskGatewayContract {
        @Override
        protected GatewayBench bench() {
            return new Bench(Manners.BOUNDS_EFFECTS);
        }
    }

    @Nested
    @DisplayName("keeps the switchover gateway's contract, bounding its effects")
    class BoundingSwitchover extends SwitchoverGatewayContract {
        @Override
        protected SwitchoverBench bench() {
            return new Bench(Manners.BOUNDS_EFFECTS);
        }
    }

    private static final class Bench implements SwitchoverBench {

        private final RowGateway gateway;

        Bench(Manners manners) {
            gateway = new RowGateway(platform.source(), manners, Tempo.BRISK, what -> {});
        }

        @Override
        public SwitchoverGateway gateway() {
            return gateway;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public Optional<TaskRef> create(TaskSetup setup) {
            return Optional.of(platform.task(
                    switch (setup) {
                        case NOT_STARTED -> OperationKind.START;
                        case RUNNING -> OperationKind.STOP;
                        case STOPPED -> OperationKind.RESUME;
                        case ENDED -> OperationKind.DELETE;
                        case IN_FULL_VERIFICATION -> OperationKind.SKIP_FULL_VERIFICATION;
                        case READY_FOR_SWITCHOVER -> OperationKind.ENTER_FORWARD_SWITCHOVER;
                    }));
        }

        @Override
        public Optional<TaskRef> enter() {
            TaskRef task = platform.task(OperationKind.FORWARD_SWITCHOVER);
            return task.id().matches(".*[02468]") ? Optional.of(task) : enter(); // these have all eight steps
        }

        @Override
        public TaskRef unknown() {
            return TaskRow.ref("nowhere");
        }

        @Override
        public void remove(TaskRef task) {
            platform.remove(task);
        }

        @Override
        public Duration lookEvery() {
            return Duration.ofMillis(20);
        }

        @Override
        public Duration settleTime() {
            return Duration.ofSeconds(2);
        }
    }
}
