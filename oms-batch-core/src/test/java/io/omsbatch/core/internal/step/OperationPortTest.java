package io.omsbatch.core.internal.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.internal.durable.Settlement;
import io.omsbatch.core.workflow.StepSpec;
import io.omsbatch.core.workflow.StepTable;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A plain operation, as a run carries it out,")
class OperationPortTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final MigrationTask RUNNING = MigrationTask.builder(new TaskRef("p", "orders"))
            .status(TaskStatus.RUNNING)
            .build();

    /** A task that is to be stopped or deleted. */
    private record AtCommand(BatchOperation operation, boolean untouched) implements StepView {
        @Override
        public TaskRef ref() {
            return RUNNING.ref();
        }

        @Override
        public MigrationTask planned() {
            return RUNNING;
        }

        @Override
        public List<StepSpec> rows() {
            return StepTable.operation(operation.kind()).rows();
        }

        @Override
        public StepSpec row() {
            return rows().get(0);
        }

        @Override
        public int round() {
            return 0;
        }

        @Override
        public int attempt() {
            return untouched ? 0 : 1;
        }

        @Override
        public boolean ambiguous() {
            return false;
        }

        @Override
        public LaneMember member() {
            throw new AssertionError("a plain operation has no lanes");
        }
    }

    private final VirtualEnvironment environment = new VirtualEnvironment(1);
    private final FakePlatform platform = new FakePlatform(environment, PlatformSettings.of(1), FaultScript.none());
    private boolean eligible = true;

    @AfterEach
    void close() {
        environment.close();
    }

    private OperationPort port(BatchOperation operation) {
        return new OperationPort(
                platform,
                operation,
                (task, asked) -> eligible ? Verdict.yes() : Verdict.no(new Reason("HOST", "not today")));
    }

    private Readiness stop(boolean untouched, @Nullable MigrationTask task) {
        BatchOperation stop = BatchOperation.stop();
        return port(stop).readiness(new AtCommand(stop, untouched), task == null ? null : new Sight(task, null), NOW);
    }

    @Test
    @DisplayName("is commanded to a task that still fits")
    void fits() {
        assertThat(stop(true, RUNNING).kind()).isEqualTo(Readiness.Kind.GO);
    }

    @Test
    @DisplayName("PLAN-3: ends a task that changed as stale, and one that was commanded before as failed")
    void stale() {
        eligible = false;
        assertThat(stop(true, RUNNING).outcome()).isInstanceOf(TaskOutcome.Stale.class);
        Readiness later = stop(false, RUNNING);
        assertThat(later.kind()).isEqualTo(Readiness.Kind.FAIL);
        assertThat(later.problem()).asString().contains("not today");
    }

    @Test
    @DisplayName("ends a task that is gone as not found, and one that was commanded before as failed")
    void gone() {
        assertThat(stop(true, null).outcome()).isEqualTo(new TaskOutcome.NotFound());
        Readiness later = stop(false, null);
        assertThat(later.kind()).isEqualTo(Readiness.Kind.FAIL);
        assertThat(later.problem()).isNotNull();
    }

    @Test
    @DisplayName("ends a task that is as it is wanted, with or without this run's doing")
    void done() {
        MigrationTask stopped = RUNNING.toBuilder().status(TaskStatus.STOPPED).build();
        assertThat(stop(true, stopped).outcome()).isEqualTo(new TaskOutcome.AlreadyDone());
        assertThat(stop(false, stopped).kind()).isEqualTo(Readiness.Kind.OVER);
    }

    @Test
    @DisplayName("settles by what its task shows")
    void settlement() {
        BatchOperation stop = BatchOperation.stop();
        AtCommand entry = new AtCommand(stop, false);
        MigrationTask stopped = RUNNING.toBuilder().status(TaskStatus.STOPPED).build();
        assertThat(port(stop).settlement(entry, new Sight(stopped, null))).isEqualTo(Settlement.wanted());
        Settlement going = port(stop).settlement(entry, new Sight(RUNNING, null));
        assertThat(going.kind()).isEqualTo(Settlement.Kind.GOING);
        assertThat(going.untouched()).isTrue();
        assertThat(port(stop).settlement(entry, null).kind()).isEqualTo(Settlement.Kind.FAILED);
        assertThat(port(stop).callsBeforeCommand()).isEqualTo(1);
    }
}
