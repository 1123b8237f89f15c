package io.omsbatch.testkit.check;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.RecordedEntry;
import java.util.HashSet;
import java.util.Set;

/** What operators ordered for a run as a whole, and whether it was followed. */
final class OrderPromises {

    private OrderPromises() {}

    /**
     * After a pause, until it is resumed, and after a cancellation nothing is intended but what was taken up before, for which there
     * are only so many slots; what is past its point of no return goes on when canceled. Nothing is canceled that nobody canceled.
     */
    static void run9(RunHistory history) {
        Set<String> endings = Set.of("CANCEL", "CANCEL_LEAVING", "CANCEL_UNDOING", "CLOSE_AS_UNKNOWN");
        boolean paused = false;
        boolean ending = false;
        int begun = 0;
        Set<TaskRef> past = new HashSet<>();
        for (RecordedEntry entry : history.facts().toList()) {
            JournalRecord fact = RunHistory.record(entry);
            Subject subject = fact.subject();
            if (fact.kind() == Kind.CONTROL && subject == null) {
                ending |= endings.contains(fact.code());
                paused = fact.code().equals("PAUSE") || (paused && !fact.code().equals("RESUME") && !ending);
                begun = 0;
            } else if (fact.kind() == Kind.POINT_OF_NO_RETURN && subject != null) {
                past.add(subject.task());
            } else if (fact.kind() == Kind.INTENT && subject != null) {
                boolean goesOn = past.contains(subject.task()) || UndoPromises.undoes(entry);
                begun += paused || (ending && !goesOn) ? 1 : 0;
            }
            if (begun > history.bounds().concurrency()) {
                throw Breach.of(
                        "RUN-9",
                        history,
                        begun + " commands were intended after an operator stopped the run, more than were under way");
            }
        }
        for (TaskResult result : history.results()) {
            Breach.unless(
                    ending || !result.outcome().text().contains("RUN_CANCELED"),
                    "RUN-9",
                    history,
                    () -> result.ref() + " was canceled, and nobody canceled the run");
        }
    }

    /** A command of the inbox has one answer. */
    static void answeredOnce(RunHistory history) {
        Set<String> answered = new HashSet<>();
        history.facts(Kind.ANSWERED).forEach(entry -> {
            String command = RunHistory.record(entry).detail().get("command");
            Breach.unless(
                    command != null && answered.add(command),
                    "RUN-12",
                    history,
                    () -> "the command " + command + " was answered twice");
        });
    }
}
