package io.omsbatch.testkit.contract;

import static io.omsbatch.testkit.contract.JournalContractRun.finds;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunCommand;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The contract of journal stores, on inboxes,")
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // that is what some stores break
class JournalInboxContractTest {

    private static final long MOMENT = 2_000_000;

    @Test
    @DisplayName("finds a store that leaves commands in the inbox")
    void neverTakesOut() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    void answered(String runId, String commandId) {}
                },
                "RUN-12: a command was found again after its answer",
                "findsUntilAnswered",
                "keepsCommandsOnce",
                "keepsInboxesApart",
                "manyAnswer");
    }

    @Test
    @DisplayName("finds a store that takes out what another command's answer names")
    void takesOutAnother() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    void answered(String runId, String commandId) {
                        inbox.removeIf(command -> command.runId().equals(runId));
                    }
                },
                "RUN-12: another command's answer took it out",
                "findsUntilAnswered");
    }

    @Test
    @DisplayName("finds a store that takes an answered command in again")
    void takesInAgain() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    void answered(String runId, String commandId) {
                        super.answered(runId, commandId);
                        sent.remove(List.of(runId, commandId));
                    }
                },
                "RUN-12: a command that was answered came back",
                "keepsCommandsOnce");
    }

    @Test
    @DisplayName("finds a store that keeps the last of two commands of one id")
    void keepsTheLast() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized void send(RunCommand command) {
                        super.send(command);
                        inbox.replaceAll(kept ->
                                kept.id().equals(command.id()) && kept.runId().equals(command.runId())
                                        ? command
                                        : kept);
                    }
                },
                "RUN-12: a command that was sent again must be there once, as it was sent first",
                "keepsCommandsOnce");
    }

    @Test
    @DisplayName("finds a store that takes the command out before it looks at the token")
    void answersFenced() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Appended append(String runId, FencingToken token, List<JournalRecord> records) {
                        takeOut(this, runId, records);
                        return super.append(runId, token, records);
                    }
                },
                "DUR-2: a fenced answer took the command out of the inbox",
                "fencedAnswersNothing");
    }

    private static void takeOut(ReferenceJournal journal, String runId, List<JournalRecord> records) {
        for (JournalRecord fact : records) {
            if (fact.kind() == JournalRecord.Kind.ANSWERED) {
                journal.answered(runId, String.valueOf(fact.detail().get("command")));
            }
        }
    }

    @Test
    @DisplayName("finds a store that takes commands of one id to two runs for one")
    void mixesRuns() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    void answered(String runId, String commandId) {
                        inbox.removeIf(command -> command.id().equals(commandId));
                    }
                },
                "RUN-12: two runs may have commands of the same id",
                "keepsInboxesApart");
    }

    @Test
    @DisplayName("finds a store that shows the commands of all runs")
    void showsAll() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    boolean shows(RunCommand command, Set<String> wanted) {
                        return true;
                    }
                },
                "RUN-12: only commands to the runs that were asked for may be shown",
                "keepsInboxesApart");
    }

    @Test
    @DisplayName("finds a store that lists commands run by run")
    void runByRun() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized List<RunCommand> commands(Set<String> wanted, int most) {
                        return super.commands(wanted, Integer.MAX_VALUE).stream()
                                .sorted(Comparator.comparing(RunCommand::runId))
                                .limit(most)
                                .toList();
                    }
                },
                "RUN-12: those put there first first",
                "commandsInOrder");
    }

    @Test
    @DisplayName("finds a store that takes commands to unknown runs")
    void takesUnknown() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized void send(RunCommand command) {
                        requireOpen(command.runId());
                        if (sent.add(List.of(command.runId(), command.id()))) {
                            inbox.add(command);
                        }
                    }
                },
                "a command could be sent to an unknown run",
                "commandToUnknownRun");
    }

    @Test
    @DisplayName("finds a store that looks for a command and keeps it in two actions")
    void sendsTwice() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public void send(RunCommand command) {
                        boolean known;
                        synchronized (this) {
                            requireOwner(command.runId(), newest(command.runId()));
                            known = sent.contains(List.of(command.runId(), command.id()));
                        }
                        LockSupport.parkNanos(MOMENT);
                        synchronized (this) {
                            if (!known) {
                                sent.add(List.of(command.runId(), command.id()));
                                inbox.add(command);
                            }
                        }
                    }
                },
                "RUN-12: how many commands are there",
                "manySend");
    }

    @Test
    @DisplayName("finds a store that takes a command out and writes its answer in two actions")
    void answersTwice() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public Appended append(String runId, FencingToken token, List<JournalRecord> records) {
                        synchronized (this) {
                            requireOwner(runId, token);
                            takeOut(this, runId, records);
                        }
                        LockSupport.parkNanos(MOMENT);
                        return super.append(runId, token, records);
                    }
                },
                "RUN-12: a command left the inbox before its answer was there, or after it",
                "manyAnswer");
    }
}
