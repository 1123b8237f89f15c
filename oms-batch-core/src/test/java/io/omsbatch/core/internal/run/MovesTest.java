package io.omsbatch.core.internal.run;

import static io.omsbatch.core.internal.run.OneRun.make;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.operation.Lockstep;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.call.CallTicket;
import io.omsbatch.core.internal.durable.CallVerdict;
import io.omsbatch.core.settings.EngineSettings;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The changes of a task")
class MovesTest {

    private static final SwitchoverStep STORE = SwitchoverStep.START_TARGET_STORE;
    private static final SwitchoverStep WRITES = SwitchoverStep.CONFIRM_WRITES_STOPPED;
    private static final SwitchoverStep STOP = SwitchoverStep.STOP_FORWARD_SYNC;
    private static final SwitchoverStep OBJECTS = SwitchoverStep.PROCESS_DATABASE_OBJECTS;
    private static final SwitchoverStep REVERSE = SwitchoverStep.START_REVERSE_INCREMENT;
    private static final Problem WRONG = Problem.of(ProblemCode.STEP_FAILED, "no rights");

    private final OneRun plain = OneRun.stopping(1);
    private final OneRun run = OneRun.switchover(EngineSettings.defaults(), RunPolicy.none(), 2);
    private final TaskEntry entry = run.entry(0);
    private final TaskEntry other = run.entry(1);
    private final BarrierWatch barrier = new BarrierWatch(run.ledger);
    private final Moves moves = new Moves(run.ledger, barrier);

    @AfterEach
    void close() {
        plain.close();
        run.close();
    }

    private TaskEntry preparing(TaskEntry task, SwitchoverStep step) {
        for (int row = 0; row < task.rows().size(); row++) {
            if (task.rows().get(row).step() == step) {
                task.startAt(row);
            }
        }
        return run.through(task, Phase.QUEUED, Phase.PREPARING);
    }

    private static List<Kind> facts(Turn turn) {
        return turn.records().stream().map(JournalRecord::kind).toList();
    }

    private StepStanding.State over(SwitchoverStep step) {
        return entry.member().over().get(step).state();
    }

    @Test
    @DisplayName("take it from a step that is over to the next, which an operator or the engine sets off")
    void stepOver() {
        Turn turn = moves.stepOver(preparing(entry, STORE), WRONG);
        assertThat(facts(turn)).containsExactly(Kind.RESULT, Kind.STEP_OVER);
        assertThat(turn.events()).hasSize(1);
        make(turn);
        assertThat(entry.row().step()).isEqualTo(WRITES);
        assertThat(entry.phase()).isEqualTo(Phase.GATED);
        assertThat(entry.waitsFor()).isEqualTo("an operator");
        assertThat(over(STORE)).isEqualTo(StepStanding.State.DONE);
        make(moves.stepOver(preparing(entry, WRITES), null));
        assertThat(entry.phase()).isEqualTo(Phase.QUEUED);
        assertThat(entry.waitsFor()).isEmpty();
        assertThat(entry.member().pastReturn).isFalse();
    }

    @Test
    @DisplayName("tell a step as skipped that was to be passed over")
    void skipped() {
        entry.member().skipping = true;
        Turn turn = moves.stepOver(preparing(entry, STORE), null);
        assertThat(turn.records()).extracting(JournalRecord::code).containsExactly("SKIPPED");
        make(turn);
        assertThat(over(STORE)).isEqualTo(StepStanding.State.SKIPPED);
        assertThat(entry.rows()).noneMatch(row -> row.step() == REVERSE);
    }

    @Test
    @DisplayName("SW-9: remember how long a freeze took until the forward sync was stopped")
    void freezeTimings() {
        make(moves.stepOver(preparing(other, STOP), null));
        assertThat(run.ledger.freezeTimings().typical())
                .as("it was not frozen here")
                .isZero();
        entry.member().freeze(run.ledger.now().minusSeconds(7));
        make(moves.stepOver(preparing(entry, STOP), null));
        assertThat(run.ledger.freezeTimings().typical()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    @DisplayName("SW-3: hold it at the barrier until all of its lane are there, and then take them through together")
    void barrier() {
        make(moves.stepOver(preparing(entry, OBJECTS), null));
        assertThat(entry.phase()).isEqualTo(Phase.HELD);
        assertThat(entry.waitsFor()).isEqualTo("the others of its lane");
        assertThat(moves.takePassing()).isEmpty();
        make(moves.stepOver(preparing(other, OBJECTS), null));
        other.hold();
        List<Turn> first = moves.takePassing();
        assertThat(first).extracting(Turn::entry).containsExactly(entry);
        assertThat(entry.busy()).isTrue();
        first.forEach(OneRun::make);
        assertThat(entry.row().step()).isEqualTo(REVERSE);
        assertThat(entry.member().throughBarrier()).isTrue();
        assertThat(entry.phase()).isEqualTo(Phase.GATED);
        other.busy = false;
        assertThat(moves.takePassing()).extracting(Turn::entry).containsExactly(other);
    }

    @Test
    @DisplayName("SW-3: have the patience with stragglers run from when the first of a lane came to the barrier")
    void patience() {
        Duration patience = Duration.ofMinutes(1);
        try (OneRun lane = OneRun.switchover(
                EngineSettings.defaults(),
                RunPolicy.none().withLockstep(Lockstep.together().withPatience(patience)),
                2)) {
            BarrierWatch watch = new BarrierWatch(lane.ledger);
            TaskEntry first = lane.entry(0);
            first.startAt(6);
            first.since = lane.ledger.now();
            new Moves(lane.ledger, watch).goOn(first, RunReplay.Next.HELD);
            assertThat(watch.nextDue()).isEqualTo(lane.ledger.nanos() + patience.toNanos());
        }
    }

    @Test
    @DisplayName("SW-3: let it through alone once it was ejected, and let the others go that waited for it")
    void eject() {
        make(moves.stepOver(preparing(other, OBJECTS), null));
        moves.eject(preparing(entry, OBJECTS));
        assertThat(moves.takePassing()).extracting(Turn::entry).containsExactly(other);
        make(moves.stepOver(entry, null));
        assertThat(entry.phase()).isEqualTo(Phase.HELD);
        assertThat(moves.takePassing()).extracting(Turn::entry).containsExactly(entry);
    }

    @Test
    @DisplayName("SW-3: let through one that is ejected while it waits at the barrier")
    void ejectHeld() {
        make(moves.stepOver(preparing(entry, OBJECTS), null));
        moves.eject(entry);
        assertThat(entry.member().alone()).isTrue();
        assertThat(moves.takePassing()).extracting(Turn::entry).containsExactly(entry);
        assertThat(entry.member().lane().missing()).isEqualTo(1);
    }

    @Test
    @DisplayName("SW-7: end it past its point of no return if it has no later step than the barrier")
    void lastAtBarrier() {
        entry.member().skipping = true;
        entry.markOver(STORE, OneRun.NOW);
        entry.member().skipping = false;
        Turn turn = moves.stepOver(preparing(entry, OBJECTS), null);
        assertThat(facts(turn)).containsExactly(Kind.STEP_OVER, Kind.POINT_OF_NO_RETURN);
        make(turn);
        assertThat(entry.member().pastReturn).isTrue();
        moves.eject(entry);
        List<Turn> passing = moves.takePassing();
        assertThat(facts(passing.get(0))).containsExactly(Kind.OUTCOME);
        make(passing.get(0));
        assertThat(entry.phase()).isEqualTo(Phase.ENDED);
        assertThat(entry.result.outcome()).isEqualTo(new TaskOutcome.Succeeded());
    }

    @Test
    @DisplayName("end it with its last step, and tell both")
    void lastStep() {
        Turn turn = moves.stepOver(preparing(entry, REVERSE), null);
        assertThat(facts(turn)).containsExactly(Kind.STEP_OVER, Kind.OUTCOME);
        assertThat(turn.events()).hasSize(2);
        make(turn);
        assertThat(over(REVERSE)).isEqualTo(StepStanding.State.DONE);
        assertThat(entry.phase()).isEqualTo(Phase.ENDED);
        assertThat(entry.member().alone()).as("nobody waits for it").isTrue();
    }

    @Test
    @DisplayName("SW-1: take it back to its write stop where nobody knows the stop position")
    void reconfirm() {
        entry.member().skipBarrier();
        make(moves.reconfirmWriteStop(preparing(entry, REVERSE)));
        assertThat(entry.row().step()).isEqualTo(WRITES);
        assertThat(entry.phase()).isEqualTo(Phase.GATED);
        assertThat(entry.member().throughBarrier()).isFalse();
    }

    @Test
    @DisplayName("SW-2: close a gate again whose confirmation holds no longer, and unfreeze only at the write stop")
    void confirmAnew() {
        entry.member().freeze(OneRun.NOW);
        entry.member().setOffAt = OneRun.NOW;
        entry.problem = WRONG;
        make(moves.confirmAnew(preparing(entry, OBJECTS)));
        assertThat(entry.phase()).isEqualTo(Phase.GATED);
        assertThat(entry.member().setOffAt).isNull();
        assertThat(entry.problem()).isNull();
        assertThat(entry.member().frozen()).isTrue();
        make(moves.confirmAnew(preparing(entry, WRITES)));
        assertThat(entry.member().frozen()).isFalse();
    }

    @Test
    @DisplayName("let an operator decide about a failed step of a switchover, and end any other task")
    void failed() {
        entry.member().freeze(OneRun.NOW);
        Turn turn = moves.stepFailed(preparing(entry, WRITES), WRONG);
        assertThat(facts(turn)).containsExactly(Kind.RESULT);
        make(turn);
        assertThat(entry.phase()).isEqualTo(Phase.FAILED);
        assertThat(entry.ambiguous()).isFalse();
        assertThat(entry.waitsFor()).startsWith("STEP_FAILED");
        assertThat(entry.member().frozen()).isTrue();
        run.through(entry, Phase.QUEUED, Phase.PREPARING);
        make(moves.stepUnknown(entry, WRONG));
        assertThat(entry.ambiguous()).isTrue();
        assertThat(entry.standing()).isEqualTo(StepStanding.State.UNKNOWN);
        run.through(entry, Phase.QUEUED, Phase.PREPARING);
        make(moves.stepFailed(entry, Problem.of(ProblemCode.FREEZE_PREDICTED, "too long")));
        assertThat(entry.member().frozen()).as("it was held back").isFalse();
    }

    @Test
    @DisplayName("RUN-2: write that nothing was sent before what follows from it, once")
    void neverSent() {
        TaskEntry task = plain.through(plain.entry(0), Phase.QUEUED, Phase.PREPARING, Phase.READY, Phase.CALLING);
        Turn ended = plain.moves().neverSent(task, WRONG);
        assertThat(facts(ended)).containsExactly(Kind.RESULT, Kind.OUTCOME);
        assertThat(ended.records().get(0).detail()).containsEntry("next", "REPEAT");
        assertThat(ended.events()).hasSize(1);
        make(ended);
        assertThat(task.result.outcome()).isEqualTo(new TaskOutcome.NotAttempted(WRONG));
        entry.attempts = 1;
        assertThat(facts(moves.neverSent(preparing(entry, STORE), WRONG))).containsExactly(Kind.RESULT);
    }

    @Test
    @DisplayName("say that an attempt is repeated, with or without doubt, after a pause")
    void repeat() {
        entry.ambiguous = true;
        Turn turn = moves.repeat(preparing(entry, STORE), Duration.ofNanos(7), WRONG);
        assertThat(turn.records().get(0).detail()).containsEntry("next", "REPEAT_AMBIGUOUS");
        assertThat(turn.events()).hasSize(1);
        make(turn);
        assertThat(OneRun.dueIn(entry, run.ledger.nanos())).isEqualTo(7);
        assertThat(entry.problem()).isEqualTo(WRONG);
        assertThat(entry.waitsFor()).startsWith("the next attempt after STEP_FAILED");
    }

    @Test
    @DisplayName("DUR-5: leave it where it was when the journal did not take what was to be done")
    void back() {
        make(moves.backToQueue(preparing(entry, STORE)));
        assertThat(entry.phase()).isEqualTo(Phase.QUEUED);
        assertThat(entry.waitsFor()).isEqualTo("the journal, which does not answer");
        run.through(entry, Phase.PREPARING, Phase.READY, Phase.CALLING);
        make(moves.backToReady(entry));
        assertThat(entry.phase()).isEqualTo(Phase.READY);
    }

    private void settled(OneRun world, TaskEntry task, CallVerdict.Kind kind) {
        world.through(task, Phase.QUEUED, Phase.PREPARING, Phase.READY, Phase.CALLING);
        long now = world.ledger.nanos();
        CallResult<GatewayReply> result = new CallResult<>(null, null, false, now, now, new CallTicket());
        make(world.moves().settle(task, new CallVerdict(kind, null), result));
    }

    @Test
    @DisplayName("look at once where the effect is there and shows at once, and later anywhere else")
    void settle() {
        TaskEntry task = plain.entry(0);
        task.problem = WRONG;
        settled(plain, task, CallVerdict.Kind.DONE);
        assertThat(task.awaitsLook).isTrue();
        assertThat(task.problem()).as("the last problem").isEqualTo(WRONG);
        assertThat(task.deadline - plain.ledger.nanos())
                .isEqualTo(plain.parts.settings().settle().deadline().toNanos());
        settled(run, entry, CallVerdict.Kind.ACCEPTED);
        assertThat(entry.awaitsLook).isFalse();
        Duration staleness = Duration.ofSeconds(3);
        try (OneRun stale = OneRun.of(
                EngineSettings.defaults(),
                GatewayCapabilities.of().withMaximumStaleness(staleness),
                RunPolicy.none(),
                1)) {
            stale.entry(0).deadline = 7;
            settled(stale, stale.entry(0), CallVerdict.Kind.DONE);
            assertThat(stale.entry(0).awaitsLook).isFalse();
            assertThat(stale.entry(0).evidenceFrom - stale.ledger.nanos()).isEqualTo(staleness.toNanos());
            assertThat(stale.entry(0).deadline).as("of the first try").isEqualTo(7);
        }
    }

    @Test
    @DisplayName("RUN-3: repeat a doubtful command at once only where the platform knows its key or nothing can follow")
    void mayRepeat() {
        TaskEntry task = plain.entry(0);
        assertThat(plain.moves().mayRepeat(task, Long.MAX_VALUE))
                .as("nobody knows how late")
                .isFalse();
        assertThat(plain.moves().noEffectFrom(task)).isEmpty();
        try (OneRun knows = OneRun.of(
                EngineSettings.defaults(),
                GatewayCapabilities.of(GatewayCapability.DEDUPLICATION),
                RunPolicy.none(),
                1)) {
            assertThat(knows.moves().mayRepeat(knows.entry(0), 0)).isTrue();
        }
        try (OneRun bound = OneRun.of(
                EngineSettings.defaults(),
                GatewayCapabilities.of().withMaximumEffectDelay(Duration.ofNanos(5)),
                RunPolicy.none(),
                1)) {
            TaskEntry late = bound.entry(0);
            assertThat(bound.moves().mayRepeat(late, Long.MAX_VALUE))
                    .as("has not returned")
                    .isFalse();
            late.returnedBefore = OptionalLong.of(10);
            assertThat(bound.moves().noEffectFrom(late)).hasValue(15);
            assertThat(bound.moves().mayRepeat(late, 14)).isFalse();
            assertThat(bound.moves().mayRepeat(late, 15)).isTrue();
        }
    }

    @Test
    @DisplayName("RUN-4: say what was seen last of a command that did not settle, and what was wrong before")
    void notSettled() {
        assertThat(Moves.notSettled(entry, null).message()).isEqualTo("the task could not be looked at");
        entry.problem = WRONG;
        assertThat(Moves.notSettled(entry, "RUNNING").message()).startsWith("at last RUNNING; before that STEP_FAILED");
    }

    @Test
    @DisplayName("DUR-2: let it go on from where the owner before had it, at rest as it was")
    void goOn() {
        entry.since = OneRun.NOW;
        entry.member().changedAt = 3;
        moves.goOn(entry, RunReplay.Next.ENTER);
        assertThat(entry.phase()).isEqualTo(Phase.GATED);
        assertThat(entry.since()).isEqualTo(OneRun.NOW);
        assertThat(entry.member().changedAt).isEqualTo(3);
        assertThat(entry.returnedAt()).isEmpty();
        run.environment.advance(Duration.ofSeconds(1));
        other.ambiguous = true;
        other.startAt(2);
        moves.goOn(other, RunReplay.Next.SET_OFF);
        assertThat(other.phase()).isEqualTo(Phase.QUEUED);
        assertThat(other.problem().code()).isEqualTo(ProblemCode.OWNER_LOST.name());
        assertThat(other.returnedAt()).hasValue(run.ledger.nanos());
        assertThat(other.since()).isEqualTo(run.ledger.now());
    }

    @Test
    @DisplayName("DUR-2: keep what is known of a failed or doubtful step of the owner before")
    void goOnFailed() {
        entry.problem = WRONG;
        entry.ambiguous = true;
        entry.startAt(2);
        moves.goOn(entry, RunReplay.Next.FAILED);
        assertThat(entry.phase()).isEqualTo(Phase.FAILED);
        assertThat(entry.standing()).isEqualTo(StepStanding.State.UNKNOWN);
        other.problem = WRONG;
        other.ambiguous = true;
        moves.goOn(other, RunReplay.Next.SET_OFF);
        assertThat(other.problem()).isEqualTo(WRONG);
    }

    @Test
    @DisplayName("RUN-4: look until it is known what came of a command of the owner before")
    void goOnSettling() {
        moves.goOn(entry, RunReplay.Next.SETTLE);
        assertThat(entry.phase()).isEqualTo(Phase.SETTLING);
        assertThat(entry.problem().code()).isEqualTo(ProblemCode.OWNER_LOST.name());
        assertThat(entry.evidenceFrom).isEqualTo(run.ledger.nanos());
    }

    @Test
    @DisplayName("SW-3: hold it at the barrier since it came there, whoever owned the run then")
    void goOnHeld() {
        entry.startAt(6);
        entry.since = run.ledger.now().minusSeconds(60);
        moves.goOn(entry, RunReplay.Next.HELD);
        assertThat(entry.phase()).isEqualTo(Phase.HELD);
        assertThat(entry.member().lane().waitingSince())
                .isEqualTo(run.ledger.now().minusSeconds(60));
    }
}
