package io.omsbatch.api.engine;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a request would do, found out by looks alone: nothing was commanded, and nothing is in the journal (PLAN-1). What is
 * true now may not be when the run comes. Immutable.
 *
 * @param plan which tasks would take part, and why others would not; it cannot be confirmed
 * @param tasks what was found for each eligible task, in request order
 * @param steps what would be done, in order: wave by wave, lane by lane, step by step; the lanes of a wave go side by side
 * @param estimate how long it would take, by runs of the same operation that have ended, or null if the journal has none that tell
 * @since 0.1.0
 */
public record DryRun(
        BatchPlan plan,
        List<Check> tasks,
        List<Step> steps,
        @Nullable Estimate estimate) {

    /** Copies the lists. */
    public DryRun {
        Objects.requireNonNull(plan, "DryRun.plan");
        tasks = List.copyOf(Objects.requireNonNull(tasks, "DryRun.tasks"));
        steps = List.copyOf(Objects.requireNonNull(steps, "DryRun.steps"));
    }

    /**
     * What was found for one task.
     *
     * @param ref the task
     * @param name its name, not escaped
     * @param obstacle why its first step could not be done now, or need not, or null if it could
     * @param precheck what the precheck of a switchover found, or null if it was not made
     * @param unchecked why the precheck was not made; empty if it was, or there is none
     */
    public record Check(
            TaskRef ref,
            String name,
            @Nullable Problem obstacle,
            @Nullable List<PrecheckItem> precheck,
            String unchecked) {

        /** Copies the findings. */
        public Check {
            Objects.requireNonNull(ref, "Check.ref");
            Objects.requireNonNull(name, "Check.name");
            precheck = precheck == null ? null : List.copyOf(precheck);
            Objects.requireNonNull(unchecked, "Check.unchecked");
        }

        /** Returns task, escaped name, and what stands in its way. */
        @Override
        public String toString() {
            return ref + " " + SafeText.escape(name) + (obstacle == null ? "" : ": " + obstacle)
                    + (precheck == null ? "" : ", precheck " + precheck);
        }

        /** Returns whether nothing was found that would stop the task; a precheck that was not made finds nothing. */
        public boolean clear() {
            return obstacle == null
                    && (precheck == null
                            || precheck.stream().noneMatch(item -> item.severity() == PrecheckItem.Severity.BLOCKING));
        }
    }

    /**
     * Something that would be done for some tasks.
     *
     * @param wave in which wave, from 1
     * @param lane in which lane, from 1; 0 unless it is a switchover
     * @param name the operation or the step, as operators call it
     * @param operator whether an operator would have to set it off
     * @param tasks for how many tasks
     * @param timing how long it took others, or null if the journal does not tell
     */
    public record Step(
            int wave,
            int lane,
            String name,
            boolean operator,
            int tasks,
            @Nullable Timing timing) {
        /** Checks the name. */
        public Step {
            Objects.requireNonNull(name, "Step.name");
        }

        /** Returns the escaped name, and where it stands. */
        @Override
        public String toString() {
            return SafeText.escape(name) + " in wave " + wave + ", lane " + lane + ", for " + tasks;
        }
    }

    /**
     * How long something took, from its first command until it was seen to be done.
     *
     * @param typical the median
     * @param p90 nine of ten took no longer
     * @param samples how many tasks that is based on
     */
    public record Timing(Duration typical, Duration p90, int samples) {
        /** Checks that the parts are there. */
        public Timing {
            Objects.requireNonNull(typical, "Timing.typical");
            Objects.requireNonNull(p90, "Timing.p90");
        }
    }

    /**
     * How long a run would take, waits for operators, for lags and for health gates aside.
     *
     * @param typical if every task took the typical time
     * @param p90 if each step of each wave took as long as nine of ten tasks do
     * @param runs how many ended runs that is based on
     */
    public record Estimate(Duration typical, Duration p90, int runs) {
        /** Checks that the parts are there. */
        public Estimate {
            Objects.requireNonNull(typical, "Estimate.typical");
            Objects.requireNonNull(p90, "Estimate.p90");
        }
    }

    /** Returns whether nothing was found that would stop an eligible task. */
    public boolean clear() {
        return tasks.stream().allMatch(Check::clear);
    }

    /**
     * Returns what was found for a task.
     *
     * @param task the task
     * @return what was found, if it is eligible
     */
    public Optional<Check> check(TaskRef task) {
        Objects.requireNonNull(task, "task");
        return tasks.stream().filter(check -> check.ref().equals(task)).findFirst();
    }

    /** Returns what an operator reads, escaped, of any number of lines. */
    public String render() {
        return DryRunText.of(this);
    }

    /** Returns the request, and how many tasks would take part. */
    @Override
    public String toString() {
        return "dry run of " + plan.request() + ": " + tasks.size() + " tasks";
    }
}
