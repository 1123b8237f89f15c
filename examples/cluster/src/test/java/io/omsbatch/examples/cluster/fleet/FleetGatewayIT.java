package io.omsbatch.examples.cluster.fleet;

import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.cluster.database.Database;
import io.omsbatch.testkit.contract.SwitchoverBench;
import io.omsbatch.testkit.contract.SwitchoverGatewayContract;
import io.omsbatch.testkit.contract.TaskSetup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The fleet's gateway")
class FleetGatewayIT extends SwitchoverGatewayContract {

    @Override
    protected SwitchoverBench bench() {
        return new Bench();
    }

    /** Rows of complete tasks that have just entered their switchover. */
    private static final class Bench implements SwitchoverBench {
        private static final AtomicInteger NUMBERS = new AtomicInteger();

        private final Database platform = SharedServer.platform();
        private final FleetGateway gateway = new FleetGateway(platform, "tester");

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
            return Optional.empty();
        }

        @Override
        public Optional<TaskRef> enter() {
            String id = "bench-" + NUMBERS.incrementAndGet();
            platform.update(
                    "INSERT INTO task (id, parts, entry, step)"
                            + " SELECT ?, parts, entry, step FROM task WHERE id = 'complete-new-001'",
                    id);
            return Optional.of(new TaskRef(Fleet.PLATFORM, id));
        }

        @Override
        public TaskRef unknown() {
            return new TaskRef(Fleet.PLATFORM, "nobody");
        }

        @Override
        public void remove(TaskRef task) {
            platform.update("DELETE FROM task WHERE id = ?", task.id());
            platform.update("DELETE FROM effect WHERE task_id = ?", task.id());
        }

        @Override
        public Duration settleTime() {
            return Duration.ofSeconds(5);
        }
    }
}
