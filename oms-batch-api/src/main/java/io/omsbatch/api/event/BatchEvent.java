package io.omsbatch.api.event;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a run. Sequence numbers of a run start at 1 and have no gaps, so a listener can tell what is
 * newer and whether it missed something. It is told after it happened: a listener that looks at the run sees at least what the
 * event tells. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface BatchEvent {

    /**
     * Which run, in which order, when.
     *
     * @param runId the run
     * @param sequence 1 for the first event of the run, then one more each
     * @param at when it happened, by the engine's clock
     */
    record Stamp(String runId, long sequence, Instant at) {
        /** Checks the parts. */
        public Stamp {
            Limits.id("Stamp.runId", runId);
            Limits.range("Stamp.sequence", sequence, 1, Long.MAX_VALUE);
            Objects.requireNonNull(at, "Stamp.at");
        }
    }

    /**
     * The run was confirmed and began.
     *
     * @param stamp which run, in which order, when
     * @param tasks how many tasks were selected
     */
    record RunStarted(Stamp stamp, int tasks) implements BatchEvent {
        /** Checks the parts. */
        public RunStarted {
            Objects.requireNonNull(stamp, "RunStarted.stamp");
        }
    }

    /**
     * A command is about to be sent; its intent is in the journal.
     *
     * @param stamp which run, in which order, when
     * @param task the task
     * @param step the name of the operation's kind, or of the switchover step
     * @param attempt 1 for the first, then one more each
     */
    record AttemptStarted(Stamp stamp, TaskRef task, String step, int attempt) implements BatchEvent {
        /** Checks the parts. */
        public AttemptStarted {
            Objects.requireNonNull(stamp, "AttemptStarted.stamp");
            Objects.requireNonNull(task, "AttemptStarted.task");
            Limits.id("AttemptStarted.step", step);
        }
    }

    /**
     * An attempt ended without success and will, or may, be followed by another.
     *
     * @param stamp which run, in which order, when
     * @param task the task
     * @param step the name of the operation's kind, or of the switchover step
     * @param attempt which attempt
     * @param problem what happened
     */
    record AttemptFailed(Stamp stamp, TaskRef task, String step, int attempt, Problem problem) implements BatchEvent {
        /** Checks the parts. */
        public AttemptFailed {
            Objects.requireNonNull(stamp, "AttemptFailed.stamp");
            Objects.requireNonNull(task, "AttemptFailed.task");
            Limits.id("AttemptFailed.step", step);
            Objects.requireNonNull(problem, "AttemptFailed.problem");
        }
    }

    /**
     * A switchover step of a task waits for an operator (GATED, FAILED), or is over (DONE, SKIPPED).
     *
     * @param stamp which run, in which order, when
     * @param task the task
     * @param standing how the step stands
     * @param problem why it failed, or what is wrong though it is over; null if nothing is
     */
    record StepChanged(
            Stamp stamp,
            TaskRef task,
            StepStanding standing,
            @Nullable Problem problem) implements BatchEvent {
        /** Checks the parts. */
        public StepChanged {
            Objects.requireNonNull(stamp, "StepChanged.stamp");
            Objects.requireNonNull(task, "StepChanged.task");
            Objects.requireNonNull(standing, "StepChanged.standing");
        }
    }

    /**
     * A task has its outcome.
     *
     * @param stamp which run, in which order, when
     * @param result the outcome with what led to it
     */
    record TaskEnded(Stamp stamp, TaskResult result) implements BatchEvent {
        /** Checks the parts. */
        public TaskEnded {
            Objects.requireNonNull(stamp, "TaskEnded.stamp");
            Objects.requireNonNull(result, "TaskEnded.result");
        }
    }

    /**
     * An operator acted on the run as a whole.
     *
     * @param stamp which run, in which order, when
     * @param action what was done
     * @param actor who did it
     * @param reason why
     */
    record RunControlled(Stamp stamp, RunAction action, Actor actor, String reason) implements BatchEvent {
        /** Checks the parts. */
        public RunControlled {
            Objects.requireNonNull(stamp, "RunControlled.stamp");
            Objects.requireNonNull(action, "RunControlled.action");
            Objects.requireNonNull(actor, "RunControlled.actor");
            Limits.reason("RunControlled.reason", reason);
        }

        /** Returns action, actor and reason, escaped. */
        @Override
        public String toString() {
            return action.title() + " of run " + SafeText.escape(stamp.runId()) + " by " + actor + ": "
                    + SafeText.escape(reason);
        }
    }

    /**
     * The run rests and needs a decision.
     *
     * @param stamp which run, in which order, when
     * @param problem why
     */
    record RunParked(Stamp stamp, Problem problem) implements BatchEvent {
        /** Checks the parts. */
        public RunParked {
            Objects.requireNonNull(stamp, "RunParked.stamp");
            Objects.requireNonNull(problem, "RunParked.problem");
        }
    }

    /**
     * Every task has its outcome.
     *
     * @param stamp which run, in which order, when
     * @param report the final report
     */
    record RunEnded(Stamp stamp, BatchReport report) implements BatchEvent {
        /** Checks the parts. */
        public RunEnded {
            Objects.requireNonNull(stamp, "RunEnded.stamp");
            Objects.requireNonNull(report, "RunEnded.report");
        }
    }

    /** Returns which run, in which order, when. */
    Stamp stamp();
}
