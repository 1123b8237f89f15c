package io.omsbatch.testkit.contract;

import static io.omsbatch.testkit.contract.JournalSamples.NOW;
import static io.omsbatch.testkit.contract.JournalSamples.runFact;
import static io.omsbatch.testkit.contract.RunMemory.opened;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.journal.RunSummary.State;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.operation.RunAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a store knows of how a run stands. */
final class RunStands {

    private static final String LOOK = ". Look at: what append does with facts about the whole run";

    private final JournalStore store;
    private final Consumer<Duration> passing;

    RunStands(JournalStore store, Consumer<Duration> passing) {
        this.store = store;
        this.passing = passing;
    }

    private RunSummary.Standing standing() {
        Optional<RunSummary> summary = store.summary("run-1");
        assertTrue(summary.isPresent(), "the run has no summary");
        return summary.get().standing();
    }

    private void stands(State state, Instant since, String why, String when) {
        RunSummary.Standing now = standing();
        assertEquals(
                new RunSummary.Standing(state, since, why, now.owner(), now.ownedUntil()),
                now,
                "RUN-9: how the run stands " + when + LOOK);
    }

    private static JournalRecord control(RunAction action, Instant at) {
        return runFact(Kind.CONTROL, action.name(), at);
    }

    void begins() {
        assertEquals(Optional.empty(), store.summary("run-1"), "a summary of a run that is not there");
        RunRecord run = JournalSamples.run("run-1", "q-1");
        FencingToken unused = opened(store, run);
        RunSummary.Standing now = standing();
        assertEquals(
                Optional.of(
                        new RunSummary("run-1", OperationKind.STOP, JournalSamples.ZOE, run.startedAt(), 5, null, now)),
                store.summary("run-1"),
                "what a summary says of the confirmed plan");
        stands(State.RUNNING, run.startedAt(), "", "when it begins");
    }

    void pauses() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        Instant paused = NOW.plusSeconds(10);
        Instant resumed = NOW.plusSeconds(20);
        store.append("run-1", token, List.of(control(RunAction.PAUSE, paused)));
        store.append("run-1", token, JournalSamples.everyTaskFact());
        stands(State.PAUSED, paused, "", "when it was paused, and what was in flight has settled");
        store.append("run-1", token, List.of(control(RunAction.RESUME, resumed)));
        store.append("run-1", token, JournalSamples.everyTaskFact());
        stands(State.RUNNING, resumed, "", "when it was resumed");
    }

    void cancels() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        for (RunAction action : List.of(RunAction.CANCEL, RunAction.CANCEL_LEAVING, RunAction.CLOSE_AS_UNKNOWN)) {
            store.append("run-1", token, List.of(control(RunAction.PAUSE, NOW.plusSeconds(10))));
            Instant canceled = NOW.plusSeconds(20 + action.name().length());
            store.append("run-1", token, List.of(control(action, canceled)));
            stands(State.RUNNING, canceled, "", "when it was paused, and then an operator chose: " + action.title());
        }
    }

    void parks() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        Instant parked = NOW.plusSeconds(10);
        Instant taken = NOW.plusSeconds(20);
        store.append("run-1", token, List.of(runFact(Kind.PARKED, "ENGINE_CLOSED", parked)));
        stands(State.PARKED, parked, "ENGINE_CLOSED", "when it was parked");
        store.append("run-1", token, List.of(runFact(Kind.TAKEN_OVER, "engine-2", taken)));
        stands(State.RUNNING, taken, "", "when it was parked, and then taken over");
        store.append("run-1", token, List.of(runFact(Kind.TAKEN_OVER, "engine-3", NOW.plusSeconds(30))));
        stands(State.RUNNING, taken, "", "when it was taken over while it was running");
    }

    void parksWhilePaused() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        Instant taken = NOW.plusSeconds(30);
        store.append(
                "run-1",
                token,
                List.of(
                        control(RunAction.PAUSE, NOW.plusSeconds(10)),
                        runFact(Kind.PARKED, "WHY", NOW.plusSeconds(20)),
                        runFact(Kind.TAKEN_OVER, "engine-2", taken)));
        stands(State.PAUSED, taken, "", "when it was paused, then parked, and then taken over");
    }

    void ends() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        Instant ended = NOW.plusSeconds(10);
        store.append("run-1", token, List.of(runFact(Kind.ENDED, "ENDED", ended)));
        store.append("run-1", token, List.of(runFact(Kind.PARKED, "WHY", NOW.plusSeconds(20))));
        stands(State.ENDED, ended, "", "when it has ended, whatever comes after that");
    }

    void owned() {
        Lease shortLease = new Lease("engine-1", Duration.ofMillis(200));
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"), shortLease);
        RunSummary.Standing first = standing();
        assertEquals("engine-1", first.owner(), "DUR-3: who owns the run");
        passing.accept(Duration.ofMillis(400));
        assertEquals(first, standing(), "DUR-3: the owner before, and when its lease ended, once that is over");
        assertTrue(
                store.takeOver("run-1", new Lease("engine-2", Duration.ofMillis(200)))
                        .isPresent(),
                "no takeover");
        RunSummary.Standing second = standing();
        assertEquals("engine-2", second.owner(), "DUR-3: who owns a run that was taken over");
        assertTrue(second.ownedUntil().isAfter(first.ownedUntil()), "DUR-3: until when" + LOOK);
        FencingToken newest = new FencingToken(token.value() + 1);
        assertTrue(
                store.renew(new Lease("engine-2", Duration.ofMinutes(10)), Map.of("run-1", newest))
                        .isEmpty(),
                "the owner could not renew");
        Duration longer = Duration.between(second.ownedUntil(), standing().ownedUntil());
        assertTrue(
                longer.compareTo(Duration.ofMinutes(9)) > 0,
                "DUR-3: a renewed lease ends later; by the summary " + longer + " later");
    }
}
