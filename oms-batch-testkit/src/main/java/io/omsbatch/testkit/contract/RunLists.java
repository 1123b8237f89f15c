package io.omsbatch.testkit.contract;

import static io.omsbatch.testkit.contract.JournalSamples.NOW;
import static io.omsbatch.testkit.contract.RunMemory.opened;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.operation.RunAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which runs a store lists, and in which order. */
final class RunLists {

    private static final Actor ANN = new Actor("Ann");
    private static final String LOOK = ". Look at: the order of the list, and how a page goes on after a cursor";
    private static final String FILTERS = ". Look at: what the filter leaves out";

    private final JournalStore store;

    RunLists(JournalStore store) {
        this.store = store;
    }

    private FencingToken open(String runId, Instant startedAt) {
        return opened(store, JournalSamples.run(runId, "q-" + runId, BatchOperation.stop(), ANN, startedAt));
    }

    private List<String> all(RunFilter filter) {
        RunPage page = store.runs(filter, null, 1_000);
        assertEquals(null, page.next(), "a page that has all runs is the last");
        return ids(page);
    }

    private static List<String> ids(RunPage page) {
        return page.runs().stream().map(RunSummary::runId).toList();
    }

    void newestFirst() {
        assertEquals(List.of(), all(RunFilter.all()), "a list of no runs");
        FencingToken unused1 = open("run-2", NOW.plusSeconds(20));
        FencingToken unused2 = open("run-1", NOW.plusSeconds(10));
        FencingToken unused3 = open("run-4", NOW.plusSeconds(20).plusNanos(1_000));
        FencingToken unused4 = open("run-3", NOW.plusSeconds(20));
        assertEquals(
                List.of("run-4", "run-3", "run-2", "run-1"),
                all(RunFilter.all()),
                "those confirmed last first, and by id where that was at the same time" + LOOK);
        assertEquals(
                store.summary("run-2"),
                store.runs(RunFilter.all(), null, 1_000).runs().stream()
                        .filter(run -> run.runId().equals("run-2"))
                        .findFirst(),
                "the list and the summary of a run differ");
    }

    void pages() {
        for (int i = 0; i < 23; i++) {
            FencingToken unused = open("run-" + i, NOW.plusSeconds(i / 4));
        }
        List<String> before = all(RunFilter.all());
        assertEquals(23, before.size(), "how many runs are listed");
        List<String> paged = new ArrayList<>();
        Optional<String> next = Optional.empty();
        for (int page = 0; page == 0 || next.isPresent(); page++) {
            RunPage runs = store.runs(RunFilter.all(), next.orElse(null), 3);
            assertTrue(runs.runs().size() <= 3, "no more than were asked for");
            paged.addAll(ids(runs));
            next = Optional.ofNullable(runs.next());
            FencingToken unused = open("later-" + page, NOW.plusSeconds(100 + page));
            assertTrue(page < 50, "the pages do not end" + LOOK);
        }
        assertEquals(before, paged, "pages must have no gaps and no run twice, also while runs are added" + LOOK);
    }

    void refusesCursor() {
        FencingToken unused = open("run-1", NOW);
        for (String cursor : List.of("", "run-1", "yesterday run-1")) {
            InvalidInputException refused = assertThrows(
                    InvalidInputException.class,
                    () -> store.runs(RunFilter.all(), cursor, 10),
                    "SEC-3: a cursor was taken that nobody handed out");
            assertTrue(String.valueOf(refused.getMessage()).contains("runs.from"), "SEC-3: the field is not named");
        }
    }

    void byState() {
        FencingToken unused = open("run-RUNNING", NOW);
        FencingToken paused = open("run-PAUSED", NOW.plusSeconds(1));
        FencingToken parked = open("run-PARKED", NOW.plusSeconds(2));
        FencingToken ended = open("run-ENDED", NOW.plusSeconds(3));
        JournalRecord pause = JournalSamples.runFact(JournalRecord.Kind.CONTROL, RunAction.PAUSE.name(), NOW);
        store.append("run-PAUSED", paused, List.of(pause));
        store.append("run-PARKED", parked, List.of(JournalSamples.runFact(JournalRecord.Kind.PARKED)));
        store.append("run-ENDED", ended, List.of(JournalSamples.runFact(JournalRecord.Kind.ENDED)));
        for (RunSummary.State state : RunSummary.State.values()) {
            assertEquals(List.of("run-" + state), all(RunFilter.all().in(state)), "runs " + state + FILTERS);
        }
        RunFilter resting = RunFilter.all().in(RunSummary.State.PAUSED, RunSummary.State.PARKED);
        assertEquals(List.of("run-PARKED", "run-PAUSED"), all(resting), "runs of two states" + FILTERS);
        RunPage page = store.runs(resting, null, 1);
        assertEquals(
                List.of("run-PAUSED"),
                ids(store.runs(resting, page.next(), 1)),
                "the second page of two states" + FILTERS);
    }

    void byOperation() {
        FencingToken unused1 = open("run-1", NOW);
        FencingToken unused2 =
                opened(store, JournalSamples.run("run-2", "q-2", BatchOperation.start(), ANN, NOW.plusSeconds(1)));
        FencingToken unused3 =
                opened(store, JournalSamples.run("run-3", "q-3", BatchOperation.delete(), ANN, NOW.plusSeconds(2)));
        assertEquals(
                List.of("run-3", "run-1"),
                all(RunFilter.all().of(OperationKind.STOP, OperationKind.DELETE)),
                "runs of two operations" + FILTERS);
    }

    void byActor() {
        String[] names = {"Ann", "ann", "Ann ", "Änn"};
        for (int i = 0; i < names.length; i++) {
            FencingToken unused = opened(
                    store, JournalSamples.run("run-" + i, "q-" + i, BatchOperation.stop(), new Actor(names[i]), NOW));
        }
        for (int i = 0; i < names.length; i++) {
            assertEquals(
                    List.of("run-" + i),
                    all(RunFilter.all().confirmedBy(new Actor(names[i]))),
                    "runs that \"" + names[i] + "\" confirmed, and nobody of a like name" + FILTERS);
        }
    }

    void byRedrive() {
        FencingToken unused1 = open("run-1", NOW);
        List<String> parents = List.of("run-1", "Run-1", "run-2");
        for (int i = 0; i < parents.size(); i++) {
            FencingToken unused =
                    opened(store, JournalSamples.redrive("run-" + (i + 2), parents.get(i), NOW.plusSeconds(i + 1)));
        }
        assertEquals(
                List.of("run-2"),
                all(RunFilter.all().redrivesOf("run-1")),
                "runs that take up tasks of run-1, and of no run of a like name" + FILTERS);
        assertEquals("run-1", store.summary("run-2").orElseThrow().redriveOf(), "whose tasks a run takes up");
        assertEquals(
                "run-1",
                store.run("run-2").orElseThrow().plan().request().redriveOf(),
                "what the confirmed plan says of it");
    }

    void byTime() {
        for (int i = 0; i < 4; i++) {
            FencingToken unused = open("run-" + i, NOW.plusSeconds(i));
        }
        Instant from = NOW.plusSeconds(1);
        Instant before = NOW.plusSeconds(3);
        assertEquals(
                List.of("run-2", "run-1"),
                all(RunFilter.all().startedBetween(from, before)),
                "runs confirmed from then on, then included, and before then, then left out" + FILTERS);
        assertEquals(List.of("run-3"), all(RunFilter.all().startedBetween(before, null)), "from then on" + FILTERS);
        assertEquals(List.of("run-0"), all(RunFilter.all().startedBetween(null, from)), "before then" + FILTERS);
        assertEquals(
                List.of("run-3", "run-2"),
                all(RunFilter.all().startedBetween(from.plusNanos(1), before.plusNanos(1))),
                "times between two that the store keeps" + FILTERS);
        assertEquals(
                List.of("run-3", "run-2", "run-1", "run-0"),
                all(RunFilter.all().startedBetween(Instant.MIN, Instant.MAX)),
                "the longest time there is" + FILTERS);
    }
}
