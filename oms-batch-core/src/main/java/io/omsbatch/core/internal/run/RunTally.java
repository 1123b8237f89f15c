package io.omsbatch.core.internal.run;

import io.omsbatch.api.engine.Progress;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what became of the tasks of a run, and of each of its waves. Guarded by the run's lock. */
final class RunTally {

    private final int tasks;
    private final int eligible;
    private final Map<TaskEntry, Wave> waveOf = new HashMap<>();
    private final List<Wave> waves = new ArrayList<>();
    private int ended;
    private int unsuccessful;
    private int failed;
    private int succeeded;

    /** How one wave goes. */
    static final class Wave {
        private final int number;
        private final List<TaskEntry> tasks = new ArrayList<>();
        private int left;
        private int failed;
        private int succeeded;
        private Instant lastEnd = Instant.MIN;

        Wave(int number) {
            this.number = number;
        }

        /** Returns its number, from 1. */
        int number() {
            return number;
        }

        /** Returns its tasks, in request order. */
        List<TaskEntry> tasks() {
            return tasks;
        }

        /** Returns whether each of its tasks has its outcome. */
        boolean over() {
            return left == 0;
        }

        /** Returns when the last of its tasks so far ended. */
        Instant lastEnd() {
            return lastEnd;
        }

        private Permits.Tally tally(int awaiting) {
            return new Permits.Tally(tasks.size(), failed + awaiting, succeeded);
        }
    }

    /**
     * Creates the tally of a run of which no task has an outcome.
     *
     * @param plan the plan
     * @param entries its tasks
     */
    RunTally(BatchPlan plan, List<TaskEntry> entries) {
        this.tasks = entries.size();
        this.eligible = plan.eligible().size();
        Waves asked = plan.request().policy().waves();
        if (asked != null) {
            divide(plan.waves(), entries);
        }
    }

    private void divide(List<List<MigrationTask>> planned, List<TaskEntry> entries) {
        Map<TaskRef, TaskEntry> byRef = new HashMap<>();
        entries.forEach(entry -> byRef.put(entry.ref(), entry));
        for (List<MigrationTask> part : planned) {
            Wave wave = new Wave(waves.size() + 1);
            for (MigrationTask task : part) {
                TaskEntry entry = byRef.get(task.ref());
                if (entry != null) {
                    wave.tasks.add(entry);
                    wave.left++;
                    waveOf.put(entry, wave);
                }
            }
            waves.add(wave);
        }
    }

    /** Returns how many waves there are; 0 if the run has none. */
    int waves() {
        return waves.size();
    }

    /** Returns a wave by its number, or null if there is none. */
    @Nullable
    Wave wave(int number) {
        return number <= waves.size() ? waves.get(number - 1) : null;
    }

    /** Returns the wave of a task, or null if it has none. */
    @Nullable
    Wave wave(TaskEntry entry) {
        return waveOf.get(entry);
    }

    /** Counts the result of a task. */
    void ended(TaskEntry entry, TaskResult result) {
        TaskOutcome.Kind kind = result.outcome().kind();
        boolean counts = kind == TaskOutcome.Kind.FAILED || kind == TaskOutcome.Kind.UNKNOWN;
        ended++;
        succeeded += result.outcome().successful() ? 1 : 0;
        unsuccessful += result.outcome().successful() ? 0 : 1;
        failed += counts ? 1 : 0;
        Wave wave = waveOf.get(entry);
        if (wave != null) {
            wave.left--;
            wave.failed += counts ? 1 : 0;
            wave.succeeded += result.outcome().successful() ? 1 : 0;
            wave.lastEnd = result.endedAt().isAfter(wave.lastEnd) ? result.endedAt() : wave.lastEnd;
        }
    }

    /** Returns how many tasks were eligible when the plan was confirmed. */
    int eligible() {
        return eligible;
    }

    /** Returns whether every task has its outcome. */
    boolean allEnded() {
        return ended == tasks;
    }

    /**
     * Returns what counts against the failure budget of the run.
     *
     * @param awaiting how many tasks await an operator after a failure
     */
    Permits.Tally ofRun(int awaiting) {
        return new Permits.Tally(eligible, failed + awaiting, succeeded);
    }

    /**
     * Returns what counts against the budget of a wave. Only tasks of the wave that began last can await an operator.
     *
     * @param number the wave that began last
     * @param awaiting how many tasks await an operator after a failure
     * @return the tally, or null if the run has no such wave
     */
    Permits.@Nullable Tally ofWave(int number, int awaiting) {
        Wave wave = wave(number);
        return wave == null ? null : wave.tally(awaiting);
    }

    /**
     * Returns how far the run is.
     *
     * @param inFlight how many tasks have a command in flight
     * @param since for how long it has been running
     */
    Progress progress(int inFlight, Duration since) {
        double seconds = since.toNanos() / 1e9;
        double perSecond = seconds <= 0 ? 0 : ended / seconds;
        return new Progress(
                tasks,
                ended,
                unsuccessful,
                inFlight,
                tasks - ended - inFlight,
                perSecond,
                remaining(tasks - ended, perSecond));
    }

    /** Returns how long it takes at this pace until so many tasks have ended, or null if none ever do. */
    static @Nullable Duration remaining(int tasks, double perSecond) {
        if (tasks == 0) {
            return Duration.ZERO;
        }
        return perSecond <= 0 ? null : Duration.ofMillis((long) (tasks / perSecond * 1000));
    }
}
