package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.internal.step.TakingBack;
import io.omsbatch.core.settings.EngineSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-9: A run that is to end")
class CancellationTest {

    private static final Problem WRONG = Problem.of(ProblemCode.STEP_FAILED, "no rights");
    private static final List<List<Phase>> WAYS = List.of(
            List.of(),
            List.of(Phase.GATED),
            List.of(Phase.QUEUED),
            List.of(Phase.QUEUED, Phase.PREPARING),
            List.of(Phase.QUEUED, Phase.PREPARING, Phase.READY),
            List.of(Phase.QUEUED, Phase.PREPARING, Phase.READY, Phase.CALLING),
            List.of(Phase.SETTLING),
            List.of(Phase.QUEUED, Phase.PREPARING, Phase.DELAYED),
            List.of(Phase.FAILED),
            List.of(Phase.HELD),
            List.of(Phase.ENDED));

    private final OneRun plain = OneRun.stopping(WAYS.size());
    private final OneRun run = OneRun.switchover(EngineSettings.defaults(), RunPolicy.none(), WAYS.size());
    private final TaskEntry entry = run.entry(0);

    @AfterEach
    void close() {
        plain.close();
        run.close();
    }

    private static Cancellation of(OneRun world) {
        return new Cancellation(world.ledger, world.moves());
    }

    private static void orders(OneRun world, RunAction action) {
        world.ledger.order(RunOrders.NONE.after(action, "ann: stop", 1));
    }

    /** Lets a task stand in each phase, and returns the phases of those that end. */
    private static Set<Phase> ends(OneRun world) {
        for (int i = 0; i < WAYS.size(); i++) {
            if (world.entry(i).phase() == Phase.IDLE) {
                world.through(world.entry(i), WAYS.get(i).toArray(new Phase[0]));
            }
        }
        Set<Phase> ends = EnumSet.noneOf(Phase.class);
        for (TaskEntry taken : of(world).take(world.ledger.entries())) {
            assertThat(taken.busy()).isTrue();
            ends.add(taken.phase());
            taken.busy = false;
        }
        return ends;
    }

    private static TaskOutcome ended(OneRun world, TaskEntry task) {
        Turn turn = of(world).end(task);
        assertThat(turn.records()).extracting(JournalRecord::kind).containsExactly(JournalRecord.Kind.OUTCOME);
        OneRun.make(turn);
        return task.result.outcome();
    }

    @Test
    @DisplayName("ends what waits, lets settle what is in flight, and ends nothing that somebody is about to change")
    void phases() {
        assertThat(ends(plain)).as("nobody canceled it").isEmpty();
        orders(plain, RunAction.CANCEL);
        Set<Phase> waiting =
                EnumSet.of(Phase.GATED, Phase.QUEUED, Phase.READY, Phase.DELAYED, Phase.FAILED, Phase.HELD);
        assertThat(ends(plain)).isEqualTo(waiting);
        plain.ledger.entries().forEach(TaskEntry::hold);
        assertThat(of(plain).take(plain.ledger.entries())).isEmpty();
    }

    @Test
    @DisplayName("ends what settles too if it is closed")
    void closed() {
        orders(plain, RunAction.CLOSE_AS_UNKNOWN);
        assertThat(ends(plain)).contains(Phase.SETTLING).doesNotContain(Phase.CALLING, Phase.PREPARING, Phase.ENDED);
    }

    @Test
    @DisplayName("lets those go on whose command is in doubt, unless they failed or it is closed")
    void doubtful() {
        plain.ledger.entries().forEach(task -> task.ambiguous = true);
        orders(plain, RunAction.CANCEL);
        assertThat(ends(plain)).containsExactly(Phase.FAILED);
        orders(plain, RunAction.CLOSE_AS_UNKNOWN);
        assertThat(ends(plain)).contains(Phase.QUEUED, Phase.FAILED, Phase.SETTLING);
    }

    @Test
    @DisplayName("SW-7: lets those go on that are past their point of no return, or are taken back and not left")
    void carriedOn() {
        orders(run, RunAction.CANCEL);
        assertThat(of(run).stops(entry)).isTrue();
        entry.member().pastReturn = true;
        assertThat(of(run).stops(entry)).isFalse();
        entry.member().pastReturn = false;
        entry.member().takingBack = new TakingBack(List.of(), SwitchoverDirection.FORWARD);
        assertThat(of(run).stops(entry)).isFalse();
        orders(run, RunAction.CANCEL_LEAVING);
        assertThat(of(run).stops(entry)).isTrue();
        run.ledger.order(RunOrders.NONE);
        assertThat(of(run).stops(entry)).isFalse();
    }

    @Test
    @DisplayName("RUN-7: leaves begun tasks of a switchover to an operator where only its budget was spent")
    void budget() {
        run.ledger.order(RunOrders.NONE.spent("5 failed", 1));
        assertThat(of(run).stops(entry)).isTrue();
        entry.attempts = 1;
        assertThat(of(run).stops(entry)).isFalse();
        entry.attempts = 0;
        entry.member().markOver(SwitchoverStep.START_FORWARD_SWITCHOVER, OneRun.NOW);
        assertThat(of(run).stops(entry)).isFalse();
        plain.ledger.order(RunOrders.NONE.spent("5 failed", 1));
        plain.entry(0).attempts = 1;
        assertThat(of(plain).stops(plain.entry(0))).isTrue();
    }

    @Test
    @DisplayName("SW-8: takes aborted tasks back once nothing is in flight, and nothing is in doubt")
    void aborted() {
        run.ledger.entries().forEach(task -> task.member().aborting = true);
        assertThat(of(run).stops(entry)).isTrue();
        assertThat(ends(run))
                .isEqualTo(EnumSet.of(Phase.GATED, Phase.FAILED, Phase.HELD, Phase.QUEUED, Phase.READY, Phase.DELAYED));
        run.ledger.entries().forEach(task -> task.ambiguous = true);
        assertThat(ends(run)).isEqualTo(EnumSet.of(Phase.GATED, Phase.FAILED, Phase.HELD));
    }

    @Test
    @DisplayName("tells of each task what became of it, and why")
    void outcomes() {
        orders(plain, RunAction.CANCEL);
        assertThat(ended(plain, plain.entry(0)))
                .isEqualTo(new TaskOutcome.NotAttempted(Problem.of(ProblemCode.RUN_CANCELED, "ann: stop")));
        plain.entry(1).attempts = 1;
        plain.entry(1).problem = WRONG;
        assertThat(ended(plain, plain.entry(1)))
                .isEqualTo(new TaskOutcome.Failed(
                        Problem.of(ProblemCode.RUN_CANCELED, "ann: stop; before that " + WRONG)));
        plain.ledger.order(RunOrders.NONE.spent("5 failed", 1));
        assertThat(ended(plain, plain.entry(2)))
                .isEqualTo(new TaskOutcome.NotAttempted(Problem.of(ProblemCode.BUDGET_SPENT, "5 failed")));
        orders(plain, RunAction.CLOSE_AS_UNKNOWN);
        plain.entry(3).attempts = 1;
        assertThat(ended(plain, plain.entry(3)))
                .isEqualTo(new TaskOutcome.Unknown(Problem.of(ProblemCode.CLOSED_AS_UNKNOWN, "ann: stop")));
        assertThat(ended(plain, plain.entry(4)))
                .isEqualTo(new TaskOutcome.NotAttempted(Problem.of(ProblemCode.RUN_CANCELED, "ann: stop")));
    }

    @Test
    @DisplayName("leaves begun tasks of a switchover where they stand, or takes them back, as was ordered")
    void choice() {
        entry.startAt(2);
        entry.markCommanded();
        entry.attempts = 1;
        run.through(entry, Phase.FAILED);
        orders(run, RunAction.CANCEL_UNDOING);
        Turn back = of(run).end(entry);
        assertThat(back.records()).extracting(JournalRecord::kind).containsExactly(JournalRecord.Kind.UNDO);
        orders(run, RunAction.CANCEL_LEAVING);
        entry.member().aborting = true;
        assertThat(ended(run, entry))
                .isEqualTo(new TaskOutcome.LeftAt(
                        SwitchoverStep.START_TARGET_STORE, SwitchoverDirection.FORWARD, false, "ann: stop"));
    }

    @Test
    @DisplayName("SW-8: ends an aborted task of which nothing is to be taken back")
    void nothingToTakeBack() {
        entry.member().aborting = true;
        assertThat(ended(run, entry))
                .isEqualTo(new TaskOutcome.NotAttempted(Problem.of(ProblemCode.ABORTED, "an operator aborted it")));
        TaskEntry other = run.entry(1);
        other.member().aborting = true;
        other.member().markOver(SwitchoverStep.SWITCHOVER_PRECHECK, OneRun.NOW);
        assertThat(ended(run, other)).isEqualTo(new TaskOutcome.Undone());
    }
}
