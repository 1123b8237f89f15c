package io.omsbatch.testkit.contract;

import static io.omsbatch.testkit.contract.JournalSamples.answer;
import static io.omsbatch.testkit.contract.JournalSamples.command;
import static io.omsbatch.testkit.contract.RunMemory.opened;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a store keeps of what operators ask of runs on other engines. */
final class RunInbox {

    private static final String LOOK = ". Look at: where commands are kept, and what append does with ANSWERED";

    private final JournalStore store;

    RunInbox(JournalStore store) {
        this.store = store;
    }

    private List<RunCommand> waiting(String... runs) {
        return store.commands(Set.of(runs), 100);
    }

    void findsUntilAnswered() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        assertEquals(List.of(), waiting("run-1"), "RUN-12: a command was found that nobody sent");
        store.send(command("c-1", "run-1"));
        assertEquals(
                List.of(command("c-1", "run-1")),
                waiting("run-1"),
                "RUN-12: a command came back changed, or not at all" + LOOK);
        assertEquals(Optional.empty(), store.answer("run-1", "c-1"), "RUN-12: an answer that nobody gave");
        store.append(
                "run-1",
                token,
                List.of(answer("another"), JournalSamples.everyTaskFact().get(0)));
        assertEquals(1, waiting("run-1").size(), "RUN-12: another command's answer took it out" + LOOK);
        store.append("run-1", token, List.of(JournalSamples.everyTaskFact().get(0), answer("c-1")));
        assertEquals(List.of(), waiting("run-1"), "RUN-12: a command was found again after its answer" + LOOK);
        assertEquals(
                Optional.of(answer("c-1")), store.answer("run-1", "c-1"), "RUN-12: the answer was not found" + LOOK);
        assertEquals(Optional.empty(), store.answer("run-1", "c-2"), "RUN-12: an answer to an unknown command");
    }

    void keepsOnce() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        store.send(command("c-1", "run-1"));
        store.send(command("c-1", "run-1"));
        store.send(new RunCommand("c-1", "run-1", JournalSamples.NOW, "SKIP", Map.of()));
        assertEquals(
                List.of(command("c-1", "run-1")),
                waiting("run-1"),
                "RUN-12: a command that was sent again must be there once, as it was sent first" + LOOK);
        store.append("run-1", token, List.of(answer("c-1")));
        store.send(command("c-1", "run-1"));
        assertEquals(
                List.of(), waiting("run-1"), "RUN-12: a command that was answered came back when it was sent again");
    }

    void fencedAnswersNothing() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        store.send(command("c-1", "run-1"));
        JournalException unused = assertThrows(
                JournalException.class,
                () -> store.append("run-1", RunMemory.other(token), List.of(answer("c-1"))),
                "DUR-2: a token that is not the newest could answer");
        assertEquals(1, waiting("run-1").size(), "DUR-2: a fenced answer took the command out of the inbox" + LOOK);
        assertEquals(Optional.empty(), store.answer("run-1", "c-1"), "DUR-2: a fenced answer was found" + LOOK);
    }

    void keepsInboxesApart() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        FencingToken unused = opened(store, JournalSamples.run("run-2", "q-2"));
        store.send(command("c-1", "run-1"));
        store.send(command("c-1", "run-2"));
        assertEquals(
                List.of(command("c-1", "run-2")),
                waiting("run-2", "run-9"),
                "RUN-12: only commands to the runs that were asked for may be shown" + LOOK);
        store.append("run-1", token, List.of(answer("c-1")));
        assertEquals(
                List.of(command("c-1", "run-2")),
                waiting("run-1", "run-2"),
                "RUN-12: two runs may have commands of the same id; one was taken for the other" + LOOK);
        assertEquals(Optional.empty(), store.answer("run-2", "c-1"), "RUN-12: the answer of another run" + LOOK);
    }

    void inOrder() {
        FencingToken unused = opened(store, JournalSamples.run("run-1", "q-1"));
        FencingToken unusedToo = opened(store, JournalSamples.run("run-2", "q-2"));
        store.send(command("c-3", "run-2"));
        store.send(command("c-2", "run-1"));
        store.send(command("c-1", "run-2"));
        assertEquals(
                List.of("c-3", "c-2", "c-1"),
                waiting("run-1", "run-2").stream().map(RunCommand::id).toList(),
                "RUN-12: those put there first first, whichever run they are for. Look at: what orders commands");
        assertEquals(
                List.of("c-3", "c-2"),
                store.commands(Set.of("run-1", "run-2"), 2).stream()
                        .map(RunCommand::id)
                        .toList(),
                "RUN-12: no more than were asked for, and the first of them");
    }

    void unknownRun() {
        JournalException refused = assertThrows(
                JournalException.class,
                () -> store.send(command("c-1", "run-9")),
                "a command could be sent to an unknown run. Look at: where send looks for the run");
        assertEquals(JournalException.Kind.NO_SUCH_RUN, refused.kind(), "the kind of the failure");
        FencingToken unused = opened(store, JournalSamples.run("run-9", "q-9"));
        assertEquals(List.of(), waiting("run-9"), "a command that was refused was kept all the same");
    }
}
