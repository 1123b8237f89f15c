package io.omsbatch.core.internal.durable;

import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The facts a run writes, each in its one form. */
public final class Records {

    private static final String NEXT = "next";
    private static final String WAVE = "wave";
    private static final String LEFT_BEHIND = "UNDO_FAILED";

    private static final Set<String> NOT_SENT = Set.of(
            ProblemCode.LEASE_NOT_RENEWED.name(),
            ProblemCode.JOURNAL_UNAVAILABLE.name(),
            ProblemCode.NO_FREE_SLOT.name());

    /** What becomes of a task whose attempt ended without ending it. */
    public enum Next {
        /** The same command is sent again; the attempt had no effect. */
        REPEAT,
        /** The same command is sent again; the attempt may have had its effect. */
        REPEAT_AMBIGUOUS,
        /** It failed for certain; an operator decides. */
        OPERATOR,
        /** Nobody knows what became of it; an operator decides. */
        OPERATOR_UNKNOWN,
        /** It goes on; what went wrong is only reported. */
        GO_ON
    }

    /** What a fact tells of a wave. */
    public enum WaveFact {
        /** Its tasks may begin. */
        BEGUN,
        /** Too many of its tasks failed (RUN-7). */
        SPENT,
        /** The health gate after it was not content. */
        UNHEALTHY
    }

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
     * @param next what becomes of the task
     * @return the record
     */
    public static JournalRecord result(Instant at, Subject subject, Problem problem, Next next) {
        Map<String, String> detail = details(problem);
        detail.put(NEXT, next.name());
        return new JournalRecord(at, Kind.RESULT, subject, problem.code(), detail);
    }

    /**
     * Returns what becomes of a task after an attempt.
     *
     * @param result a fact of kind RESULT
     * @return what becomes of it
     */
    public static Next next(JournalRecord result) {
        return Next.valueOf(value(result, NEXT));
    }

    /**
     * Returns whether the command of an attempt was not sent, though its intent was written.
     *
     * @param result a fact of kind RESULT
     * @return whether it was not
     */
    public static boolean notSent(JournalRecord result) {
        return NOT_SENT.contains(result.code());
    }

    /**
     * Returns what went wrong.
     *
     * @param fact a fact that tells of a problem
     * @return the problem
     */
    public static Problem problem(JournalRecord fact) {
        return new Problem(
                value(fact, "code"),
                value(fact, "message"),
                value(fact, "remedy"),
                Boolean.parseBoolean(value(fact, "retryable")));
    }

    /**
     * Returns one detail of a fact.
     *
     * @param fact the fact
     * @param name the detail's name
     * @return the detail
     * @throws IllegalArgumentException if it is not there
     */
    public static String value(JournalRecord fact, String name) {
        String value = fact.detail().get(name);
        if (value == null) {
            throw new IllegalArgumentException("lacks its detail " + name + ": " + fact);
        }
        return value;
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
        Map<String, String> detail;
        if (problem != null) {
            detail = details(problem);
        } else if (outcome instanceof TaskOutcome.LeftAt left) {
            detail = new HashMap<>();
            detail.put("step", left.step().name());
            detail.put("frozen", Boolean.toString(left.frozen()));
            detail.put("reason", left.why());
            if (left.direction() != SwitchoverDirection.FORWARD) {
                detail.put("direction", left.direction().name());
            }
        } else if (outcome instanceof TaskOutcome.UndoIncomplete incomplete) {
            detail = details(incomplete.residue());
        } else {
            detail = outcome.successful() ? Map.of() : Map.of("text", outcome.text());
        }
        return new JournalRecord(at, Kind.OUTCOME, subject, outcome.kind().name(), detail);
    }

    /**
     * Returns the outcome that a fact tells.
     *
     * @param fact a fact of kind OUTCOME
     * @param reasons why the task was not eligible when it was planned; empty if it was
     * @return the outcome
     */
    public static TaskOutcome outcome(JournalRecord fact, List<Reason> reasons) {
        return switch (TaskOutcome.Kind.valueOf(fact.code())) {
            case SUCCEEDED -> new TaskOutcome.Succeeded();
            case ALREADY_DONE -> new TaskOutcome.AlreadyDone();
            case INELIGIBLE -> new TaskOutcome.Ineligible(reasons);
            case DENIED -> new TaskOutcome.Denied();
            case NOT_FOUND -> new TaskOutcome.NotFound();
            case STALE -> new TaskOutcome.Stale(problem(fact));
            case FAILED -> new TaskOutcome.Failed(problem(fact));
            case UNKNOWN -> new TaskOutcome.Unknown(problem(fact));
            case NOT_ATTEMPTED -> new TaskOutcome.NotAttempted(problem(fact));
            case LEFT_AT ->
                new TaskOutcome.LeftAt(
                        SwitchoverStep.valueOf(value(fact, "step")),
                        SwitchoverDirection.valueOf(
                                fact.detail().getOrDefault("direction", SwitchoverDirection.FORWARD.name())),
                        Boolean.parseBoolean(value(fact, "frozen")),
                        value(fact, "reason"));
            case UNDONE -> new TaskOutcome.Undone();
            case UNDO_INCOMPLETE -> new TaskOutcome.UndoIncomplete(residues(fact));
        };
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
     * Returns what a fact waives.
     *
     * @param fact a fact of kind WAIVER
     * @return the waiver
     * @throws IllegalArgumentException if it cannot be understood
     */
    public static Waiver waiver(JournalRecord fact) {
        Subject subject = fact.subject();
        if (subject == null) {
            throw new IllegalArgumentException("waives nothing for anybody");
        }
        return new Waiver(
                subject.task(),
                Invariant.valueOf(fact.code()).name(),
                new Actor(value(fact, "actor")),
                value(fact, "reason"),
                fact.at());
    }

    /**
     * Returns the fact that what the run did to a task is taken back from here on.
     *
     * @param at when
     * @param subject the task, at the step where it stood
     * @return the record
     */
    public static JournalRecord undoBegun(Instant at, Subject subject) {
        return new JournalRecord(at, Kind.UNDO, subject, "BEGUN", Map.of());
    }

    /**
     * Returns the fact that a step was taken back, or is left as it is.
     *
     * @param at when
     * @param subject task, step of the undo and attempt
     * @param left why it is left, or null if it was taken back
     * @return the record
     */
    public static JournalRecord undone(Instant at, Subject subject, @Nullable Problem left) {
        return left == null
                ? new JournalRecord(at, Kind.STEP_OVER, subject, "UNDONE", Map.of())
                : new JournalRecord(at, Kind.STEP_OVER, subject, LEFT_BEHIND, details(left));
    }

    /**
     * Returns why a step is left as it is.
     *
     * @param over a fact of kind STEP_OVER
     * @return why, or null if it was taken back
     */
    public static @Nullable Problem residue(JournalRecord over) {
        return over.code().equals(LEFT_BEHIND) ? problem(over) : null;
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

    /**
     * Returns that somebody acted on a task of a switchover.
     *
     * @param at when
     * @param subject the task, at its step
     * @param action what was done
     * @param actor who did it
     * @param reason why
     * @param board the version of the board on which that was decided
     * @return the fact
     */
    public static JournalRecord acted(
            Instant at, Subject subject, SwitchoverAction action, Actor actor, String reason, long board) {
        return new JournalRecord(
                at,
                Kind.CONTROL,
                subject,
                action.name(),
                Map.of("actor", actor.name(), "reason", reason, "board", Long.toString(board)));
    }

    /**
     * Returns that an operator acted on the run as a whole.
     *
     * @param at when
     * @param action what was done
     * @param actor who did it
     * @param reason why
     * @return the fact
     */
    public static JournalRecord ordered(Instant at, RunAction action, Actor actor, String reason) {
        return new JournalRecord(
                at, Kind.CONTROL, null, action.name(), Map.of("actor", actor.name(), "reason", reason));
    }

    /**
     * Returns that the failure budget of the run is spent.
     *
     * @param at when
     * @param how how it was spent
     * @return the fact
     */
    public static JournalRecord budgetSpent(Instant at, String how) {
        return new JournalRecord(at, Kind.BUDGET_SPENT, null, Kind.BUDGET_SPENT.name(), Map.of("text", how));
    }

    /**
     * Returns that a wave of the run began.
     *
     * @param at when
     * @param wave its number
     * @return the fact
     */
    public static JournalRecord waveBegun(Instant at, int wave) {
        return new JournalRecord(at, Kind.WAVE, null, WaveFact.BEGUN.name(), Map.of(WAVE, Integer.toString(wave)));
    }

    /**
     * Returns that a wave stopped the run.
     *
     * @param at when
     * @param wave its number
     * @param how SPENT or UNHEALTHY
     * @param text what an operator reads of it
     * @return the fact
     */
    public static JournalRecord waveStopped(Instant at, int wave, WaveFact how, String text) {
        return new JournalRecord(at, Kind.WAVE, null, how.name(), Map.of(WAVE, Integer.toString(wave), "text", text));
    }

    /**
     * Returns of which wave a fact tells.
     *
     * @param fact a fact of kind WAVE
     * @return the number of the wave
     */
    public static int wave(JournalRecord fact) {
        return Integer.parseInt(value(fact, WAVE));
    }

    /**
     * Returns who acted on the run as a whole, and why, as an operator reads it.
     *
     * @param ordered the fact
     * @return the text
     */
    public static String orderedBy(JournalRecord ordered) {
        return value(ordered, "actor") + ": " + value(ordered, "reason");
    }

    /**
     * Returns that the claim of a task was given up without an outcome.
     *
     * @param at when
     * @param subject the task
     * @param settled whether nothing was in flight for it
     * @return the fact
     */
    public static JournalRecord released(Instant at, Subject subject, boolean settled) {
        return new JournalRecord(at, Kind.RELEASED, subject, settled ? "SETTLED" : "UNSETTLED", Map.of());
    }

    private static Map<String, String> details(Problem problem) {
        Map<String, String> details = new HashMap<>();
        details.put("code", problem.code());
        details.put("message", problem.message());
        details.put("remedy", problem.remedy());
        details.put("retryable", Boolean.toString(problem.retryable()));
        return details;
    }

    /** At most one for each of the eight steps. */
    private static Map<String, String> details(List<Problem> residue) {
        Map<String, String> details = new HashMap<>();
        for (int i = 0; i < residue.size(); i++) {
            details.put("code" + i, residue.get(i).code());
            details.put("message" + i, residue.get(i).message());
            details.put("remedy" + i, residue.get(i).remedy());
        }
        return details;
    }

    private static List<Problem> residues(JournalRecord fact) {
        List<Problem> residue = new ArrayList<>();
        while (fact.detail().containsKey("code" + residue.size())) {
            int i = residue.size();
            residue.add(
                    new Problem(value(fact, "code" + i), value(fact, "message" + i), value(fact, "remedy" + i), false));
        }
        return residue;
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
