package io.omsbatch.core.internal.run;

import io.omsbatch.api.engine.Progress;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a run stands as far as its facts were read; changes as more are read. Guarded by whoever reads them. */
public final class RunView {

    private final List<TaskEntry> entries;
    private final RunReplay replay;

    RunView(List<TaskEntry> entries, RunReplay replay) {
        this.entries = entries;
        this.replay = replay;
    }

    /** Returns the state. */
    public RunState state() {
        if (end() != null) {
            return RunState.ENDED;
        }
        if (parked() != null) {
            return RunState.PARKED;
        }
        return replay.orders().paused() ? RunState.PAUSED : RunState.RUNNING;
    }

    /** Returns the version of the run as a whole. */
    public long version() {
        return replay.orders().version();
    }

    /** Returns the fact that says why it is parked, or null if it is not. */
    public @Nullable JournalRecord parked() {
        return replay.parked();
    }

    /** Returns the fact that says that it has ended, or null if it has not. */
    public @Nullable JournalEntry end() {
        return replay.end();
    }

    /**
     * Returns the result of a task.
     *
     * @param task the task
     * @return its result, or null if it has none
     */
    public @Nullable TaskResult result(TaskRef task) {
        TaskEntry entry = replay.entry(task);
        return entry == null ? null : entry.result;
    }

    /** Returns what was waived, in request order. */
    public List<Waiver> waivers() {
        return waivers(entries);
    }

    static List<Waiver> waivers(List<TaskEntry> entries) {
        return entries.stream()
                .filter(TaskEntry::inSwitchover)
                .flatMap(entry -> entry.member().waivers().stream())
                .toList();
    }

    /** Returns the results so far, in request order. */
    public List<TaskResult> results() {
        return entries.stream()
                .map(entry -> entry.result)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Returns how far the run is.
     *
     * @param since for how long it has been running
     * @return the progress
     */
    public Progress progress(Duration since) {
        int ended = 0;
        int unsuccessful = 0;
        int inFlight = 0;
        for (TaskEntry entry : entries) {
            if (entry.result != null) {
                ended++;
                unsuccessful += entry.result.outcome().successful() ? 0 : 1;
            } else if (replay.next(entry) == RunReplay.Next.SETTLE) {
                inFlight++;
            }
        }
        double seconds = since.toMillis() / 1e3;
        double perSecond = seconds <= 0 ? 0 : ended / seconds;
        int waiting = entries.size() - ended - inFlight;
        return new Progress(
                entries.size(),
                ended,
                unsuccessful,
                inFlight,
                waiting,
                perSecond,
                RunTally.remaining(entries.size() - ended, perSecond));
    }
}
