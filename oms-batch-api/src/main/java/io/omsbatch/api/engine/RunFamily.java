package io.omsbatch.api.engine;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.task.TaskRef;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is true by now of the tasks of a run, over that run and all that took its tasks up once more. Immutable.
 *
 * @param runs the run first, then those that took up its tasks, by when they were confirmed
 * @param tasks what is true of each task of the first run, in request order
 * @since 0.1.0
 */
public record RunFamily(List<RunSummary> runs, List<Truth> tasks) {

    /**
     * What is true by now of one task. An outcome of a later run replaces that of an earlier one, unless it says only that
     * nothing was tried: {@code NOT_ATTEMPTED}, {@code STALE} and {@code DENIED} leave what was known before. Immutable.
     *
     * @param task the task
     * @param runId the run that says so, or is at it
     * @param result how the task ended in that run, or null while the run is at it
     */
    public record Truth(
            TaskRef task, String runId, @Nullable TaskResult result) {
        /** Checks that the parts are there. */
        public Truth {
            Objects.requireNonNull(task, "Truth.task");
            Limits.id("Truth.runId", runId);
        }

        /** Returns the task, its outcome and the run in one escaped line. */
        @Override
        public String toString() {
            return (result == null ? task + ": under way" : result.toString()) + " (run " + SafeText.escape(runId)
                    + ")";
        }
    }

    /** Copies the lists. */
    public RunFamily {
        runs = List.copyOf(Objects.requireNonNull(runs, "RunFamily.runs"));
        tasks = List.copyOf(Objects.requireNonNull(tasks, "RunFamily.tasks"));
        if (runs.isEmpty()) {
            throw new InvalidInputException("RunFamily.runs", "is empty; the run itself is its first member");
        }
    }

    /** Returns how many tasks stand at each kind of outcome; those under way, and kinds that do not occur, are absent. */
    public Map<TaskOutcome.Kind, Integer> counts() {
        Map<TaskOutcome.Kind, Integer> counts = new EnumMap<>(TaskOutcome.Kind.class);
        for (Truth truth : tasks) {
            if (truth.result() != null) {
                counts.merge(truth.result().outcome().kind(), 1, Integer::sum);
            }
        }
        return Collections.unmodifiableMap(counts);
    }

    /** Returns it as plain text, safe for a terminal: the runs, the counts, then each task that needs attention. */
    public String render() {
        StringBuilder text = new StringBuilder();
        runs.forEach(run -> text.append("Run ").append(run).append('\n'));
        text.append("By now, of ").append(tasks.size()).append(tasks.size() == 1 ? " task: " : " tasks: ");
        text.append(counts().entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().title())
                .collect(Collectors.joining(", ")));
        long underWay = tasks.stream().filter(truth -> truth.result() == null).count();
        if (underWay > 0) {
            text.append(counts().isEmpty() ? "" : ", ").append(underWay).append(" under way");
        }
        text.append('\n');
        for (Truth truth : tasks) {
            if (truth.result() == null || !truth.result().outcome().successful()) {
                text.append("  ").append(truth).append('\n');
            }
        }
        return text.toString();
    }
}
