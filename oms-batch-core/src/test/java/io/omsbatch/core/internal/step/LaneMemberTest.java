package io.omsbatch.core.internal.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A task in a lane")
class LaneMemberTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TaskRef TASK = new TaskRef("p", "orders");
    private static final SwitchoverStep WRITES = SwitchoverStep.CONFIRM_WRITES_STOPPED;
    private static final SwitchoverStep STOP = SwitchoverStep.STOP_FORWARD_SYNC;
    private static final Problem NO_RIGHTS = Problem.of(ProblemCode.STEP_FAILED, "no rights");

    private final LaneMember member = new LaneMember(
            new LaneState(new Lane(
                    1,
                    MigrationType.complete(),
                    SwitchoverDirection.FORWARD,
                    SwitchoverStep.START_FORWARD_SWITCHOVER,
                    List.of(TASK))),
            false,
            false);

    private StepStanding.State standing(SwitchoverStep step) {
        return member.over().get(step).state();
    }

    @Test
    @DisplayName("SW-9: is frozen from when that was confirmed first until its source was given back")
    void frozen() {
        assertThat(member.frozen()).isFalse();
        member.freeze(NOW);
        member.freeze(NOW.plusSeconds(9));
        assertThat(member.frozenSince).isEqualTo(NOW);
        assertThat(member.frozen()).isTrue();
        member.freezeAccepted = true;
        member.takingBack = new TakingBack(List.of(), SwitchoverDirection.FORWARD);
        member.markUndone(STOP, NOW, null);
        assertThat(standing(STOP)).isEqualTo(StepStanding.State.UNDONE);
        assertThat(member.frozen()).as("another step was taken back").isTrue();
        member.markUndone(WRITES, NOW, NO_RIGHTS);
        assertThat(standing(WRITES)).isEqualTo(StepStanding.State.UNDO_FAILED);
        assertThat(member.frozen()).as("it could not be given back").isTrue();
        assertThat(member.takingBack.outcome())
                .isInstanceOfSatisfying(
                        TaskOutcome.UndoIncomplete.class,
                        left -> assertThat(left.text()).contains("THE SOURCE IS STILL FROZEN", "no rights"));
        member.markUndone(WRITES, NOW, null);
        assertThat(standing(WRITES)).isEqualTo(StepStanding.State.UNDONE);
        assertThat(member.frozen()).isFalse();
        assertThat(member.frozenSince).isNull();
        assertThat(member.freezeAccepted).isFalse();
    }

    @Test
    @DisplayName("is not frozen any more once it is past its point of no return")
    void past() {
        member.freeze(NOW);
        member.pastReturn = true;
        assertThat(member.frozen()).isFalse();
    }

    @Test
    @DisplayName("has those rules waived that were named, and no others")
    void waived() {
        assertThat(member.waived(Invariant.CAUGHT_UP)).isFalse();
        Waiver waiver = new Waiver(TASK, Invariant.CAUGHT_UP.name(), new Actor("ann"), "known", NOW);
        member.waive(waiver);
        assertThat(member.waived(Invariant.CAUGHT_UP)).isTrue();
        assertThat(member.waived(Invariant.PRECHECK_PASSED)).isFalse();
        assertThat(member.waivers()).containsExactly(waiver);
    }

    @Test
    @DisplayName("has its future decided once it only goes forward, or is aborted, or is taken back")
    void decided() {
        assertThat(member.decided()).isFalse();
        assertThat(member.abortAhead()).isFalse();
        member.aborting = true;
        assertThat(member.decided()).isTrue();
        assertThat(member.abortAhead()).isTrue();
        member.pastReturn = true;
        assertThat(member.abortAhead()).as("only goes forward").isFalse();
        member.pastReturn = false;
        member.takingBack = new TakingBack(List.of(), SwitchoverDirection.FORWARD);
        assertThat(member.abortAhead()).as("has begun").isFalse();
        member.aborting = false;
        assertThat(member.decided()).isTrue();
    }

    @Test
    @DisplayName("shows a step as skipped if it was to be passed over, and as done otherwise")
    void over() {
        member.markOver(STOP, NOW);
        assertThat(standing(STOP)).isEqualTo(StepStanding.State.DONE);
        member.skipping = true;
        member.markOver(STOP, NOW);
        assertThat(standing(STOP)).isEqualTo(StepStanding.State.SKIPPED);
    }
}
