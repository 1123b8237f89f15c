package io.omsbatch.examples.postgres.control;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.task.Decision;
import io.omsbatch.examples.postgres.task.Step;
import io.omsbatch.examples.postgres.task.TaskRecord;
import io.omsbatch.examples.postgres.task.TaskRules;
import io.omsbatch.examples.postgres.task.Wish;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes commands. The check of the fencing token, the look whether the command was seen before, the decision and the
 * change of the task are one transaction: a command is taken as a whole, once, or not at all. What it asks for is then
 * done by the platform's worker. Thread-safe.
 */
public final class CommandDesk {
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(2);
    private static final Duration DECISION_LIMIT = Duration.ofSeconds(4);

    private final ControlDatabase control;

    /** Takes commands for the tasks in {@code control}. */
    public CommandDesk(ControlDatabase control) {
        this.control = control;
    }

    /** Takes or refuses a command. */
    public Answer take(Command command) {
        try (Session session = control.open().limitedTo(STATEMENT_LIMIT)) {
            return session.atomically(() -> {
                long began = System.nanoTime();
                Answer answer = decide(session, command);
                if (System.nanoTime() - began > DECISION_LIMIT.toNanos()) {
                    // nothing is committed: a command that was given up must not take effect much later
                    throw Problem.passing("TOO_SLOW", "the control database is too slow now", "repeat it later")
                            .asFailure();
                }
                return answer;
            });
        }
    }

    /** Why whoever acts for a run with this token may not act any more; the token counts as seen from then on. */
    public Optional<Problem> whyFenced(String runId, long token) {
        try (Session session = control.open().limitedTo(STATEMENT_LIMIT)) {
            return whyFenced(session, runId, token);
        }
    }

    private static Optional<Problem> whyFenced(Session session, String runId, long token) {
        long highest = session.one(
                "INSERT INTO fence AS f (run_id, token) VALUES (?, ?)"
                        + " ON CONFLICT (run_id) DO UPDATE SET token = greatest(f.token, excluded.token) RETURNING token",
                row -> row.getLong(1),
                runId,
                token);
        return token >= highest
                ? Optional.empty()
                : Optional.of(Problem.of(
                        "FENCED",
                        "token " + token + " of run " + runId + " is outdated, " + highest + " was seen",
                        "leave this run to its present owner"));
    }

    private static Answer decide(Session session, Command command) {
        Optional<Problem> fenced = whyFenced(session, command.runId(), command.token());
        if (fenced.isPresent()) {
            return Answer.refused(fenced.get());
        }
        Optional<Boolean> seen =
                session.first("SELECT finished FROM command WHERE key = ?", row -> row.getBoolean(1), command.key());
        if (seen.isPresent()) {
            return Answer.taken(seen.get());
        }
        Optional<TaskRecord> task = TaskStore.lock(session, command.taskId());
        if (takenBack(session, command)) {
            return Answer.refused(Problem.of(
                    "TAKEN_BACK",
                    "run " + command.runId() + " has taken back what it asks for: " + command.wish(),
                    "let another run do it"));
        }
        return task.isEmpty()
                ? Answer.refused(TaskStore.noSuchTask(command.taskId()))
                : carryOut(session, command, TaskRules.decide(task.get(), command.wish()));
    }

    /** A command that comes late must not do again what its run has taken back. */
    private static boolean takenBack(Session session, Command command) {
        Step step = command.wish().step();
        return step != null
                && command.wish().kind() != Wish.Kind.UNDO_STEP
                && session.isTrue(
                        "SELECT EXISTS (SELECT FROM command WHERE task_id = ? AND run_id = ? AND wish = ?)",
                        command.taskId(),
                        command.runId(),
                        Wish.undo(step, command.wish().round()).toString());
    }

    private static Answer carryOut(Session session, Command command, Decision decision) {
        if (decision instanceof Decision.Refusal refusal) {
            return Answer.refused(refusal.problem());
        }
        boolean finished = true;
        if (decision instanceof Decision.Change change) {
            TaskStore.save(session, change.task());
            finished = change.finished();
        } else if (decision instanceof Decision.Nothing nothing) {
            finished = nothing.finished();
        } else {
            TaskStore.forget(session, command.taskId());
        }
        session.update(
                "INSERT INTO command (key, run_id, token, attempt, task_id, wish, actor, finished)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                command.key(),
                command.runId(),
                command.token(),
                command.attempt(),
                command.taskId(),
                command.wish().toString(),
                command.actor(),
                finished);
        return Answer.taken(finished);
    }
}
