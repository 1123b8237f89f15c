package io.omsbatch.core.internal.switchover;

import static io.omsbatch.core.internal.switchover.AtStep.undoing;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.Position;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.internal.durable.Settlement;
import io.omsbatch.core.internal.step.Readiness;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SW-8: The rules of taking a step back")
class UndoRulesTest {

    private static final SwitchoverStep STOP = SwitchoverStep.STOP_FORWARD_SYNC;
    private static final SwitchoverStep WRITES = SwitchoverStep.CONFIRM_WRITES_STOPPED;
    private static final SwitchoverStep STORE = SwitchoverStep.START_TARGET_STORE;

    private static SwitchoverSnapshot shows(
            SwitchoverStep step,
            SwitchoverProgress.State state,
            SyncLinks.State forward,
            SyncLinks.TargetWrites writes) {
        return SwitchoverSnapshot.at(new SwitchoverProgress(step, state, 1))
                .withLinks(new SyncLinks(forward, SyncLinks.State.ABSENT, Position.of(1))
                        .withTargetWrites(writes)
                        .withSourceGuard(SyncLinks.SourceGuard.OPEN));
    }

    private static SwitchoverSnapshot stopped(SyncLinks.TargetWrites writes) {
        return shows(STOP, SwitchoverProgress.State.DONE, SyncLinks.State.STOPPED, writes);
    }

    private static String code(Readiness readiness) {
        Problem problem = readiness.problem();
        return problem == null ? readiness.kind().name() : problem.code() + ": " + problem.message();
    }

    @Test
    @DisplayName("start the forward sync again only with evidence that nobody wrote to the target")
    void evidence() {
        assertThat(code(UndoRules.readiness(undoing(STOP, 0), stopped(SyncLinks.TargetWrites.NONE))))
                .isEqualTo("GO");
        assertThat(code(UndoRules.readiness(undoing(STOP, 0), stopped(SyncLinks.TargetWrites.SEEN))))
                .startsWith("TARGET_WRITTEN: the application wrote");
        assertThat(code(UndoRules.readiness(undoing(STOP, 0), stopped(SyncLinks.TargetWrites.UNKNOWN))))
                .startsWith("TARGET_WRITTEN: nobody can tell");
        assertThat(code(UndoRules.readiness(undoing(STORE, 0), stopped(SyncLinks.TargetWrites.SEEN))))
                .as("where the sync is behind it, not ahead")
                .isEqualTo("GO");
        SwitchoverSnapshot runs =
                shows(STOP, SwitchoverProgress.State.DONE, SyncLinks.State.RUNNING, SyncLinks.TargetWrites.SEEN);
        assertThat(code(UndoRules.readiness(undoing(STOP, 0), runs))).isEqualTo("GO");
    }

    @Test
    @DisplayName("give the source back only where what is written to it is carried over")
    void source() {
        assertThat(code(UndoRules.readiness(undoing(WRITES, 0), stopped(SyncLinks.TargetWrites.NONE))))
                .startsWith("FORWARD_NOT_RUNNING");
        SwitchoverSnapshot runs =
                shows(WRITES, SwitchoverProgress.State.DONE, SyncLinks.State.RUNNING, SyncLinks.TargetWrites.NONE);
        assertThat(code(UndoRules.readiness(undoing(WRITES, 0), runs))).isEqualTo("GO");
    }

    @Test
    @DisplayName("take a step back by a command even where nothing of it shows, but not twice")
    void always() {
        SwitchoverSnapshot before =
                shows(STOP, SwitchoverProgress.State.WAITING, SyncLinks.State.RUNNING, SyncLinks.TargetWrites.NONE);
        assertThat(code(UndoRules.readiness(undoing(STOP, 0), before))).isEqualTo("GO");
        assertThat(code(UndoRules.readiness(undoing(STOP, 1), before))).isEqualTo("OVER");
        SwitchoverSnapshot half =
                shows(STOP, SwitchoverProgress.State.FAILED, SyncLinks.State.RUNNING, SyncLinks.TargetWrites.NONE);
        assertThat(code(UndoRules.readiness(undoing(STOP, 1), half))).isEqualTo("GO");
        SwitchoverSnapshot earlier =
                shows(WRITES, SwitchoverProgress.State.RUNNING, SyncLinks.State.RUNNING, SyncLinks.TargetWrites.NONE);
        assertThat(code(UndoRules.readiness(undoing(STOP, 1), earlier))).isEqualTo("OVER");
    }

    @Test
    @DisplayName("believe a problem of the platform only where the command surely came")
    void problems() {
        Problem problem = Problem.of(ProblemCode.STEP_FAILED, "no rights");
        SwitchoverSnapshot failed = stopped(SyncLinks.TargetWrites.NONE).withProblem(problem);
        assertThat(UndoRules.settlement(undoing(STOP, 1), failed)).isEqualTo(Settlement.failed(problem));
        Settlement going = UndoRules.settlement(undoing(STOP, 1).doubtful(), failed);
        assertThat(going.kind()).isEqualTo(Settlement.Kind.GOING);
        assertThat(going.text()).contains("target store present").doesNotContain("with a stop point");
        SwitchoverSnapshot back =
                shows(STOP, SwitchoverProgress.State.WAITING, SyncLinks.State.RUNNING, SyncLinks.TargetWrites.NONE);
        assertThat(UndoRules.settlement(undoing(STOP, 1), back)).isEqualTo(Settlement.wanted());
        assertThat(UndoRules.settlement(
                                undoing(STORE, 1),
                                SwitchoverSnapshot.at(
                                        new SwitchoverProgress(STORE, SwitchoverProgress.State.WAITING, 1)))
                        .text())
                .contains("target store absent");
    }
}
