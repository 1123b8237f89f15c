package io.omsbatch.core.internal.durable;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.TaskOutcome;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The facts a run writes, each in its one form. */
public final class Records {

    private Records() {}

    /**
     * Returns the fact that a command is about to be sent.
     *
     * @param at when
     * @param subject task, step and attempt
     * @param action what is commanded
     * @param key the command's key
     * @return the record
     */
    public static JournalRecord intent(Instant at, Subject subject, String action, String key) {
        return new JournalRecord(at, Kind.INTENT, subject, action, Map.of("key", key));
    }

    /**
     * Returns the fact that an attempt ended without ending its task.
     *
     * @param at when
     * @param subject task, step and attempt
     * @param problem what came of it
     * @return the record
     */
    public static JournalRecord result(Instant at, Subject subject, Problem problem) {
        return new JournalRecord(at, Kind.RESULT, subject, problem.code(), details(problem));
    }

    /**
     * Returns the fact that a task has its outcome.
     *
     * @param at when
     * @param subject task, step and last attempt
     * @param outcome the outcome
     * @return the record
     */
    public static JournalRecord outcome(Instant at, Subject subject, TaskOutcome outcome) {
        Problem problem = problem(outcome);
        Map<String, String> detail =
                problem != null ? details(problem) : outcome.successful() ? Map.of() : Map.of("text", outcome.text());
        return new JournalRecord(at, Kind.OUTCOME, subject, outcome.kind().name(), detail);
    }

    /**
     * Returns the fact that a switchover step is over.
     *
     * @param at when
     * @param subject task, step and attempt
     * @param how how it came to be over
     * @return the record
     */
    public static JournalRecord stepOver(Instant at, Subject subject, String how) {
        return new JournalRecord(at, Kind.STEP_OVER, subject, how, Map.of());
    }

    /**
     * Returns the fact that a task only goes forward from here.
     *
     * @param at when
     * @param subject task, step and attempt
     * @return the record
     */
    public static JournalRecord pointOfNoReturn(Instant at, Subject subject) {
        return new JournalRecord(at, Kind.POINT_OF_NO_RETURN, subject, subject.step(), Map.of());
    }

    private static Map<String, String> details(Problem problem) {
        return Map.of("code", problem.code(), "message", problem.message(), "remedy", problem.remedy());
    }

    private static @Nullable Problem problem(TaskOutcome outcome) {
        if (outcome instanceof TaskOutcome.Failed failed) {
            return failed.problem();
        }
        if (outcome instanceof TaskOutcome.Unknown unknown) {
            return unknown.problem();
        }
        if (outcome instanceof TaskOutcome.Stale stale) {
            return stale.problem();
        }
        return outcome instanceof TaskOutcome.NotAttempted left ? left.problem() : null;
    }
}
