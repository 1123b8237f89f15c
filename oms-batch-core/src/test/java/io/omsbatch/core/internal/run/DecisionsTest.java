package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.call.CallTicket;
import io.omsbatch.core.internal.durable.CallVerdict;
import io.omsbatch.core.internal.durable.Settlement;
import io.omsbatch.core.internal.pace.PollPace;
import io.omsbatch.core.internal.read.Looked;
import io.omsbatch.core.internal.step.Readiness;
import io.omsbatch.core.internal.step.Sight;
import io.omsbatch.core.internal.step.StepPort;
import io.omsbatch.core.internal.step.StepView;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.GateSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a look or the end of a call means for a task")
class DecisionsTest {

    private static final Duration STALENESS = Duration.ofSeconds(3);
    private static final Duration EFFECT_DELAY = Duration.ofSeconds(5);
    private static final Duration HOLDS = Duration.ofMinutes(2);
    private static final int RETRIES = EngineSettings.defaults().retry().retries();
    private static final long FIRST_POLL =
            EngineSettings.defaults().settle().firstPoll().toNanos();
    private static final Problem DOWN = new Problem("DOWN", "the platform is down", "", true);
    private static final Problem BROKEN = new Problem("BROKEN", "the answer makes no sense", "", false);
    private static final Problem WRONG = Problem.of(ProblemCode.STEP_FAILED, "no rights");

    /** Says what it is told to say. */
    private static final class Says implements StepPort {
        Readiness readiness = Readiness.go();
        Settlement settlement = Settlement.going("RUNNING", true);

        @Override
        public int callsBeforeCommand() {
            return 1;
        }

        @Override
        public Map<TaskRef, Looked<Sight>> look(Set<TaskRef> tasks, boolean beforeCommand, Runnable beforeEach) {
            throw new AssertionError("decisions look at nothing");
        }

        @Override
        public @Nullable GatewayReply command(StepView entry, CommandContext context) {
            throw new AssertionError("decisions command nothing");
        }

        @Override
        public Readiness readiness(StepView entry, @Nullable Sight sight, Instant now) {
            return readiness;
        }

        @Override
        public Settlement settlement(StepView entry, @Nullable Sight sight) {
            return settlement;
        }
    }

    private final Says port = new Says();
    private OneRun run = OneRun.of(
            EngineSettings.defaults(),
            GatewayCapabilities.of().withMaximumStaleness(STALENESS).withMaximumEffectDelay(EFFECT_DELAY),
            RunPolicy.none(),
            1);
    private TaskEntry entry = run.entry(0);
    private PollPace pace = new PollPace(run.parts.settings().settle());
    private Decisions decisions = decisions();

    @AfterEach
    void close() {
        run.close();
    }

    private Decisions decisions() {
        Moves moves = run.moves();
        FreezeWatch freeze = new FreezeWatch(run.ledger, new Stragglers(run.ledger, moves), turns -> {});
        return new Decisions(run.ledger, port, moves, new Cancellation(run.ledger, moves), freeze, pace);
    }

    /** A switchover whose confirmations hold for a while; its task waits at its first gate. */
    private void switchover() {
        run.close();
        EngineSettings settings = EngineSettings.defaults();
        run = OneRun.switchover(
                settings.withSwitchover(
                        settings.switchover().withGates(GateSettings.none().withHolds(HOLDS))),
                RunPolicy.none(),
                1);
        entry = run.entry(0);
        pace = new PollPace(run.parts.settings().settle());
        decisions = decisions();
    }

    private long now() {
        return run.ledger.nanos();
    }

    private PageLook page(boolean paged) {
        return new PageLook(now(), now(), paged, 0.5);
    }

    private PageLook lookBegunAt(long begunAt) {
        return new PageLook(begunAt, now(), false, 0.5);
    }

    private static Looked<Sight> seen() {
        return new Looked<>(new Sight(null, null), null);
    }

    /** Makes the change, and tells the phase and what it waits for, after what is written. */
    private String made(Turn turn) {
        StringBuilder text = new StringBuilder();
        for (JournalRecord fact : turn.records()) {
            text.append(fact.kind()).append(' ').append(fact.code()).append(' ');
            text.append(fact.detail().getOrDefault("next", "")).append(' ');
        }
        OneRun.make(turn);
        return text.append(entry.phase()).append(": ").append(entry.waitsFor()).toString();
    }

    private String prepared(Looked<Sight> look, PageLook page) {
        run.through(entry, Phase.QUEUED, Phase.PREPARING);
        return made(decisions.prepared(entry, look, page));
    }

    private void settling() {
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.SETTLING);
        entry.evidenceFrom = now();
        entry.deadline = now() + 1;
    }

    private String replied(CallVerdict.Kind kind, @Nullable Problem problem) {
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.READY, Phase.CALLING);
        entry.attempts++;
        CallResult<GatewayReply> result = new CallResult<>(null, null, false, now(), now(), new CallTicket());
        return made(decisions.replied(entry, new CallVerdict(kind, problem), result));
    }

    @Test
    @DisplayName(
            "is that a look without an answer is repeated after a pause as often as retries are set, and then no more")
    void lookFails() {
        for (int i = 1; i <= RETRIES; i++) {
            assertThat(prepared(Looked.failed(DOWN), page(false))).startsWith("DELAYED: DOWN");
            assertThat(entry.due - now())
                    .isEqualTo(Duration.ofMillis((1000L << (i - 1)) / 2).toNanos());
            assertThat(entry.alone).isFalse();
            run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.IDLE);
        }
        assertThat(prepared(Looked.failed(DOWN), page(false))).startsWith("OUTCOME NOT_ATTEMPTED");
    }

    @Test
    @DisplayName(
            "is that a task which was commanded fails once it cannot be looked at, and is unknown if its command is")
    void unreachable() {
        entry.failedLooks = RETRIES;
        entry.attempts = 1;
        assertThat(prepared(Looked.failed(DOWN), page(false))).startsWith("OUTCOME FAILED");
    }

    @Test
    @DisplayName("RUN-4: is that nobody knows what became of a doubtful command once its task cannot be looked at")
    void unreachableInDoubt() {
        entry.failedLooks = RETRIES;
        entry.ambiguous = true;
        assertThat(prepared(Looked.failed(DOWN), page(false))).startsWith("OUTCOME UNKNOWN");
    }

    @Test
    @DisplayName("RUN-6: is that each task of a page that makes no sense is looked at alone, at once")
    void aloneAtOnce() {
        assertThat(prepared(Looked.failed(BROKEN), page(true))).contains("DELAYED: a look at it alone");
        assertThat(entry.alone).isTrue();
        assertThat(entry.failedLooks).isZero();
        assertThat(entry.due).isEqualTo(now());
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.IDLE);
        assertThat(prepared(Looked.failed(BROKEN), page(false))).contains("DELAYED: BROKEN");
        assertThat(entry.failedLooks).isEqualTo(1);
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.IDLE);
        prepared(seen(), page(false));
        assertThat(entry.alone).as("it was seen").isFalse();
        assertThat(entry.failedLooks).isZero();
    }

    @Test
    @DisplayName("RUN-6: is that a page which stays without an answer is parted, unless the whole platform is down")
    void alonePatiently() {
        entry.failedLooks = RETRIES - 1;
        assertThat(prepared(Looked.failed(DOWN), page(true))).contains("DELAYED: DOWN");
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.IDLE);
        for (int i = 1; i < 16; i++) {
            decisions.asked(false);
        }
        assertThat(prepared(Looked.failed(DOWN), page(true))).contains("DELAYED: a look at it alone");
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.IDLE);
        decisions.asked(false);
        assertThat(prepared(Looked.failed(DOWN), page(true))).startsWith("OUTCOME NOT_ATTEMPTED");
    }

    @Test
    @DisplayName("RUN-6: is that one answer shows that the platform is not down")
    void answered() {
        entry.failedLooks = RETRIES;
        for (int i = 0; i < 16; i++) {
            decisions.asked(false);
        }
        decisions.asked(true);
        assertThat(prepared(Looked.failed(DOWN), page(true))).contains("DELAYED: a look at it alone");
    }

    @Test
    @DisplayName("is that the command may be sent while the look is fresh")
    void ready() {
        entry.deadline = 7;
        assertThat(prepared(seen(), page(false))).isEqualTo("READY: a free call slot");
        assertThat(entry.readySince).isEqualTo(now());
        assertThat(entry.deadline).isZero();
    }

    @Test
    @DisplayName("is what the port says of a task that is ready for nothing")
    void otherwise() {
        port.readiness = Readiness.fail(WRONG);
        assertThat(prepared(seen(), page(false))).startsWith("OUTCOME FAILED");
    }

    @Test
    @DisplayName("is that the platform is watched where it advances by itself")
    void observes() {
        port.readiness = Readiness.observe();
        assertThat(prepared(seen(), page(false))).startsWith("SETTLING");
        assertThat(entry.deadline - now())
                .isEqualTo(run.parts.settings().settle().deadline().toNanos());
    }

    @Test
    @DisplayName("RUN-8: is that a task waits for its sync, but not for ever")
    void waits() {
        switchover();
        long patience = run.parts.settings().switchover().catchUpTimeout().toNanos();
        port.readiness = Readiness.waitFor(WRONG);
        assertThat(prepared(seen(), page(false))).isEqualTo("DELAYED: no rights");
        assertThat(entry.due - now()).isEqualTo(FIRST_POLL);
        assertThat(entry.deadline - now()).isEqualTo(patience);
        run.environment.advance(Duration.ofNanos(patience - 1));
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.IDLE);
        assertThat(prepared(seen(), page(false))).startsWith("DELAYED");
        run.environment.advance(Duration.ofNanos(1));
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.IDLE);
        assertThat(prepared(seen(), page(false))).startsWith("RESULT STEP_FAILED OPERATOR FAILED");
    }

    @Test
    @DisplayName("RUN-4: is that a state which may be older than the last command is looked at again")
    void older() {
        port.readiness = Readiness.over();
        entry.attempts = 1;
        entry.returnedBefore = OptionalLong.of(now());
        assertThat(prepared(seen(), lookBegunAt(now() + STALENESS.toNanos() - 1)))
                .isEqualTo("DELAYED: a look that is newer than its command");
        assertThat(entry.due - now()).isEqualTo(FIRST_POLL);
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.IDLE);
        assertThat(prepared(seen(), lookBegunAt(now() + STALENESS.toNanos()))).startsWith("OUTCOME SUCCEEDED");
    }

    @Test
    @DisplayName("SW-8: is that a task is not taken back while what was commanded before can have an effect")
    void quiet() {
        entry.quietFrom = OptionalLong.of(now() + 2);
        assertThat(prepared(seen(), lookBegunAt(now() + 1))).startsWith("DELAYED: what was commanded before");
        assertThat(entry.due - now()).isEqualTo(2);
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.IDLE);
        assertThat(prepared(seen(), lookBegunAt(now() + 2))).startsWith("READY");
    }

    @Test
    @DisplayName("SW-2: is that a confirmation which was not acted on in time is asked for anew")
    void expired() {
        switchover();
        entry.member().setOffAt = run.ledger.now().minus(HOLDS);
        assertThat(prepared(seen(), page(false))).startsWith("READY");
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.IDLE);
        entry.member().setOffAt = run.ledger.now().minus(HOLDS).minusNanos(1);
        entry.attempt = 1;
        assertThat(prepared(seen(), page(false))).as("it was acted on").startsWith("READY");
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.IDLE);
        entry.attempt = 0;
        assertThat(prepared(seen(), page(false))).isEqualTo("GATED: an operator");
        assertThat(entry.member().setOffAt).isNull();
    }

    @Test
    @DisplayName("SW-2: is that what no operator sets off needs no confirmation anew")
    void automatic() {
        switchover();
        entry.startAt(1);
        entry.member().setOffAt = run.ledger.now().minus(HOLDS).minusNanos(1);
        assertThat(prepared(seen(), page(false))).startsWith("READY");
    }

    @Test
    @DisplayName("RUN-3: is that a doubtful command is repeated once a look must have shown its effect and shows none")
    void repeated() {
        entry.ambiguous = true;
        entry.attempts = 1;
        entry.attempt = RETRIES;
        entry.returnedBefore = OptionalLong.of(now());
        long safe = now() + EFFECT_DELAY.plus(STALENESS).toNanos();
        assertThat(prepared(seen(), lookBegunAt(safe))).startsWith("READY");
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.IDLE);
        assertThat(prepared(seen(), lookBegunAt(safe - 1))).startsWith("SETTLING");
        run.through(entry, Phase.IDLE);
        entry.attempt = RETRIES + 1;
        assertThat(prepared(seen(), lookBegunAt(safe))).as("often enough").startsWith("SETTLING");
    }

    @Test
    @DisplayName("RUN-3: is that a doubtful command which shows some effect is waited for")
    void traces() {
        entry.ambiguous = true;
        entry.returnedBefore = OptionalLong.of(now());
        entry.deadline = now() + Duration.ofDays(1).toNanos();
        long safe = now() + EFFECT_DELAY.plus(STALENESS).toNanos();
        port.settlement = Settlement.going("STOPPING", false);
        assertThat(prepared(seen(), lookBegunAt(safe))).isEqualTo("SETTLING: STOPPING");
        run.through(entry, Phase.IDLE);
        port.settlement = Settlement.wanted();
        assertThat(prepared(seen(), lookBegunAt(safe))).startsWith("OUTCOME SUCCEEDED");
    }

    @Test
    @DisplayName("RUN-9: is that a doubtful command is not repeated in a run that was canceled")
    void canceled() {
        entry.ambiguous = true;
        entry.attempt = 1;
        entry.returnedBefore = OptionalLong.of(now());
        run.ledger.order(RunOrders.NONE.after(RunAction.CANCEL, "ann", 1));
        assertThat(prepared(seen(), lookBegunAt(now() + Duration.ofHours(1).toNanos())))
                .startsWith("SETTLING");
        run.through(entry, Phase.IDLE);
        assertThat(replied(CallVerdict.Kind.TRANSIENT, DOWN)).startsWith("SETTLING");
        run.through(entry, Phase.IDLE);
        entry.ambiguous = false;
        assertThat(replied(CallVerdict.Kind.TRANSIENT, DOWN)).startsWith("OUTCOME FAILED");
    }

    @Test
    @DisplayName("RUN-4: is that a doubtful command whose task must not be commanded now is unknown")
    void doubtFails() {
        entry.ambiguous = true;
        entry.attempt = 1;
        entry.returnedBefore = OptionalLong.of(now());
        port.readiness = Readiness.fail(WRONG);
        assertThat(prepared(seen(), lookBegunAt(now() + Duration.ofHours(1).toNanos())))
                .startsWith("OUTCOME UNKNOWN");
    }

    @Test
    @DisplayName("RUN-3: is that a command without an effect is sent again after a growing pause, as often as set")
    void passes() {
        entry.attempt = RETRIES;
        assertThat(replied(CallVerdict.Kind.TRANSIENT, DOWN)).startsWith("RESULT DOWN REPEAT DELAYED");
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.IDLE);
        entry.attempt = RETRIES + 1;
        assertThat(replied(CallVerdict.Kind.TRANSIENT, DOWN)).startsWith("OUTCOME FAILED");
        assertThat(entry.result).isNotNull();
        assertThat(entry.result.outcome().text())
                .contains("no effect in " + (RETRIES + 1) + " attempts, the last time DOWN: the platform is down");
        assertThat(remedy(entry)).isEqualTo(ProblemCode.RETRIES_EXHAUSTED.remedy());
    }

    private static String remedy(TaskEntry task) {
        return ((TaskOutcome.Failed) task.result.outcome()).problem().remedy();
    }

    @Test
    @DisplayName("RUN-3: is that a platform which says what to do about it is heard in the end")
    void platformsRemedy() {
        entry.attempt = RETRIES + 1;
        replied(CallVerdict.Kind.TRANSIENT, new Problem("DOWN", "the platform is down", "call Bob", true));
        assertThat(remedy(entry)).isEqualTo("call Bob");
    }

    @Test
    @DisplayName("is that what was seen last of a switchover is remembered, until something else is")
    void remembered() {
        switchover();
        SwitchoverSnapshot snapshot = SwitchoverSnapshot.at(
                new SwitchoverProgress(SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING));
        prepared(new Looked<>(new Sight(null, snapshot), null), page(false));
        assertThat(entry.member().snapshot).isSameAs(snapshot);
        run.through(entry, Phase.QUEUED, Phase.PREPARING, Phase.IDLE);
        prepared(seen(), page(false));
        assertThat(entry.member().snapshot).isSameAs(snapshot);
        SwitchoverSnapshot other = snapshot.withProblem(WRONG);
        settling();
        made(decisions.looked(entry, new Looked<>(new Sight(null, other), null), page(false)));
        assertThat(entry.member().snapshot).isSameAs(other);
    }

    @Test
    @DisplayName("SW-9: is that no step starts once a freeze is over its budget")
    void frozenTooLong() {
        switchover();
        entry.startAt(4);
        entry.member().freeze(run.ledger.now().minus(Duration.ofDays(1)));
        assertThat(prepared(seen(), page(false))).startsWith("RESULT FREEZE_SPENT OPERATOR FAILED");
    }

    @Test
    @DisplayName("is that a refused command failed, unless one before it is in doubt")
    void refused() {
        entry.ambiguous = true;
        assertThat(replied(CallVerdict.Kind.REFUSED, WRONG)).startsWith("SETTLING");
        run.through(entry, Phase.IDLE);
        entry.ambiguous = false;
        assertThat(replied(CallVerdict.Kind.REFUSED, WRONG)).startsWith("OUTCOME FAILED");
    }

    @Test
    @DisplayName("RUN-3: is that a command which was taken is in doubt no longer, and one without an answer is")
    void doubt() {
        entry.ambiguous = true;
        pace.slacken();
        assertThat(replied(CallVerdict.Kind.ACCEPTED, null)).startsWith("SETTLING");
        assertThat(entry.ambiguous()).isFalse();
        assertThat(pace.pauseNanos()).as("something happens").isEqualTo(FIRST_POLL);
        assertThat(entry.evidenceFrom - now()).isEqualTo(STALENESS.toNanos());
        run.through(entry, Phase.IDLE);
        assertThat(replied(CallVerdict.Kind.AMBIGUOUS, DOWN)).startsWith("SETTLING");
        assertThat(entry.ambiguous()).isTrue();
        assertThat(entry.problem()).isEqualTo(DOWN);
    }

    @Test
    @DisplayName("RUN-4: is that a look before the effect must show says nothing, and that patience has an end")
    void evidence() {
        settling();
        entry.evidenceFrom = now() + 1;
        port.settlement = Settlement.wanted();
        assertThat(made(decisions.looked(entry, seen(), page(false))))
                .isEqualTo("SETTLING: a look that shows the effect");
        entry.evidenceFrom = now();
        entry.deadline = now();
        pace.slacken();
        assertThat(made(decisions.looked(entry, seen(), page(false)))).startsWith("OUTCOME SUCCEEDED");
        assertThat(pace.pauseNanos()).as("something settled").isEqualTo(FIRST_POLL);
    }

    @Test
    @DisplayName("RUN-4: is that a task of which nothing is seen in time is unknown")
    void overdue() {
        settling();
        entry.evidenceFrom = now() + 1;
        entry.deadline = now();
        assertThat(made(decisions.looked(entry, seen(), page(false)))).startsWith("OUTCOME UNKNOWN");
        assertThat(entry.result.outcome().text()).contains("the task could not be looked at");
    }

    @Test
    @DisplayName("RUN-4: is that a task which is not there in time is unknown")
    void notThere() {
        settling();
        assertThat(made(decisions.looked(entry, seen(), page(false)))).isEqualTo("SETTLING: RUNNING");
        entry.deadline = now();
        assertThat(made(decisions.looked(entry, seen(), page(false)))).startsWith("OUTCOME UNKNOWN");
        assertThat(entry.result.outcome().text()).contains("at last RUNNING");
    }

    @Test
    @DisplayName("RUN-4: is that a task which cannot be looked at while it settles is unknown in the end")
    void looksFail() {
        settling();
        assertThat(made(decisions.looked(entry, Looked.failed(DOWN), page(true))))
                .startsWith("SETTLING: DOWN");
        assertThat(entry.failedLooks).isEqualTo(1);
        assertThat(entry.alone).isFalse();
        made(decisions.looked(entry, Looked.failed(BROKEN), page(false)));
        assertThat(entry.alone).isFalse();
        made(decisions.looked(entry, Looked.failed(BROKEN), page(true)));
        assertThat(entry.alone).isTrue();
        entry.deadline = now();
        assertThat(made(decisions.looked(entry, Looked.failed(DOWN), page(false))))
                .startsWith("OUTCOME UNKNOWN");
    }

    @Test
    @DisplayName("RUN-3: is that a doubtful command is sent again at once when a look shows that it had no effect")
    void repeatedAtOnce() {
        settling();
        entry.ambiguous = true;
        entry.attempt = 1;
        entry.problem = DOWN;
        entry.returnedBefore = OptionalLong.of(now());
        long safe = now() + EFFECT_DELAY.plus(STALENESS).toNanos();
        assertThat(made(decisions.looked(entry, seen(), lookBegunAt(safe - 1)))).isEqualTo("SETTLING: RUNNING");
        assertThat(made(decisions.looked(entry, seen(), lookBegunAt(safe))))
                .startsWith("RESULT DOWN REPEAT_AMBIGUOUS DELAYED");
        assertThat(entry.due).isEqualTo(now());
    }

    @Test
    @DisplayName("is that a task fails while it settles when its platform says so")
    void failsLater() {
        settling();
        port.settlement = Settlement.failed(WRONG);
        assertThat(made(decisions.looked(entry, seen(), page(false)))).startsWith("OUTCOME FAILED");
    }
}
