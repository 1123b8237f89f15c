package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunFamily;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskOutcome.Kind;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A redrive")
class RedriveTest {

    private static final Set<Kind> FAILED = Set.of(Kind.FAILED);

    /** The first command for each of these tasks is refused, later ones are not. */
    private static EngineHarness refusing(int... tasks) {
        FaultScript faults = FaultScript.none();
        for (int task : tasks) {
            faults = faults.once(
                    CallPattern.of(CallKind.COMMAND).on(new TaskRef("oms", "t" + task)), Fault.of(FaultKind.REFUSE));
        }
        return EngineHarness.with(faults);
    }

    private static BatchRun run(EngineHarness world, BatchRequest request) {
        return world.engine().run(world.engine().plan(request).confirm(ANN, "once more"));
    }

    private static List<Kind> truths(RunFamily family) {
        return family.tasks().stream()
                .map(truth -> truth.result().outcome().kind())
                .toList();
    }

    @Test
    @DisplayName("takes the failed tasks up once more, and the family of the run says what is true by now")
    void takesUp() {
        try (EngineHarness world = refusing(2, 4)) {
            List<TaskRef> tasks = world.add(5, EngineHarness.running());
            RunPolicy policy = new RunPolicy(FailureBudget.tasks(4), true, null, null, null);
            BatchRun first = run(
                    world,
                    BatchRequest.of("first", ANN, BatchOperation.stop(), tasks).with(policy));
            assertThat(world.await(first).count(Kind.FAILED)).isEqualTo(2);
            BatchRequest again = world.engine().redrive("second", ANN, first.id(), FAILED);
            assertThat(again)
                    .isEqualTo(
                            BatchRequest.of("second", ANN, BatchOperation.stop(), List.of(tasks.get(1), tasks.get(3)))
                                    .with(policy)
                                    .redriving(first.id()));
            BatchRun second = run(world, again);
            assertThat(world.await(second).status()).isEqualTo(BatchReport.Status.ALL_SUCCEEDED);
            RunFamily family = world.engine().family(first.id()).orElseThrow();
            assertThat(family.runs()).extracting(RunSummary::runId).containsExactly(first.id(), second.id());
            assertThat(family.runs()).extracting(RunSummary::redriveOf).containsExactly(null, first.id());
            assertThat(family.counts()).isEqualTo(Map.of(Kind.SUCCEEDED, 5));
            assertThat(family.tasks())
                    .extracting(RunFamily.Truth::runId)
                    .containsExactly(first.id(), second.id(), first.id(), second.id(), first.id());
            assertThat(world.engine().family(second.id()).orElseThrow().tasks()).hasSize(2);
            assertThat(world.engine()
                            .list(RunFilter.all().redrivesOf(first.id()), null, 10)
                            .runs())
                    .extracting(RunSummary::runId)
                    .containsExactly(second.id());
        }
    }

    @Test
    @DisplayName("that tried nothing leaves what an earlier run found; one that is under way says so")
    void triedNothing() {
        try (EngineHarness world = refusing(1)) {
            List<TaskRef> tasks = world.add(2, EngineHarness.running());
            BatchRun first = run(world, BatchRequest.of("first", ANN, BatchOperation.stop(), tasks));
            world.await(first);
            BatchRun second = run(world, world.engine().redrive("second", ANN, first.id(), FAILED));
            RunFamily underWay = world.engine().family(first.id()).orElseThrow();
            assertThat(underWay.tasks().get(0)).isEqualTo(new RunFamily.Truth(tasks.get(0), second.id(), null));
            assertThat(underWay.render()).contains("By now, of 2 tasks: 1 succeeded, 1 under way", "t1: under way");
            second.control(new RunControl(RunAction.CANCEL, second.version(), ANN, "not now"));
            TaskOutcome outcome = world.await(second).results().get(0).outcome();
            RunFamily family = world.engine().family(first.id()).orElseThrow();
            assertThat(outcome.kind()).isEqualTo(Kind.NOT_ATTEMPTED);
            assertThat(truths(family)).containsExactly(Kind.FAILED, Kind.SUCCEEDED);
            assertThat(family.tasks().get(0).runId()).isEqualTo(first.id());
        }
    }

    @Test
    @DisplayName("of a redrive belongs to the family, and is seen from another replica")
    void grandchild() {
        FaultScript twice = FaultScript.none()
                .times(CallPattern.of(CallKind.COMMAND).on(new TaskRef("oms", "t1")), 2, Fault.of(FaultKind.REFUSE));
        try (EngineHarness world = EngineHarness.with(twice);
                BatchEngine other = world.builder().build()) {
            BatchRun first = run(
                    world, BatchRequest.of("first", ANN, BatchOperation.stop(), world.add(2, EngineHarness.running())));
            world.await(first);
            BatchRun second = run(world, world.engine().redrive("second", ANN, first.id(), FAILED));
            world.await(second);
            BatchRun third = run(world, other.redrive("third", ANN, second.id(), EnumSet.allOf(Kind.class)));
            world.await(third);
            RunFamily family = other.family(first.id()).orElseThrow();
            assertThat(family.runs())
                    .extracting(RunSummary::runId)
                    .containsExactly(first.id(), second.id(), third.id());
            assertThat(truths(family)).containsExactly(Kind.SUCCEEDED, Kind.SUCCEEDED);
            assertThat(family).isEqualTo(world.engine().family(first.id()).orElseThrow());
            assertThat(other.family("no-such-run")).isEmpty();
        }
    }

    @Test
    @DisplayName("is refused for a run that is not there or has not ended, and if no task ended so")
    void refused() {
        try (EngineHarness world = EngineHarness.healthy()) {
            BatchRequest request =
                    BatchRequest.of("first", ANN, BatchOperation.stop(), world.add(2, EngineHarness.running()));
            BatchRun run = run(world, request);
            BatchEngine engine = world.engine();
            assertThat(run.state()).isEqualTo(RunState.RUNNING);
            assertThatThrownBy(() -> engine.redrive("again", ANN, run.id(), FAILED))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("RUNNING");
            world.await(run);
            assertThatThrownBy(() -> engine.redrive("again", ANN, run.id(), FAILED))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("redrive.outcomes", "SUCCEEDED=2");
            assertThatThrownBy(() -> engine.redrive("again", ANN, "nowhere", FAILED))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("redrive.runId");
            assertThatThrownBy(() -> engine.redrive("again", ANN, run.id(), Set.of()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("redrive.outcomes");
            BatchRequest orphan =
                    new BatchRequest("orphan", ANN, request.operation(), request.tasks(), RunPolicy.none(), "nowhere");
            assertThatThrownBy(() -> engine.plan(orphan))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("BatchRequest.redriveOf");
        }
    }
}
