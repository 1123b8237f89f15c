package io.omsbatch.core.internal.reach;

import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.core.internal.notify.Subscriber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runs that an engine works on or remembers, and some of those it follows. Thread-safe. */
public final class RunRegistry {

    private static final int REMEMBERED_RUNS = 100;
    private static final int FOLLOWED_RUNS = 100;

    /** How many tasks all remembered runs that are over may have together, so that large ones do not fill the memory. */
    private static final int REMEMBERED_TASKS = 100_000;

    private final Environment environment;
    private final Inbox inbox;
    private final List<Subscriber> subscribers;
    private final Map<String, RunHandle> runs = new LinkedHashMap<>();
    private final Map<String, RunHandle> followed = new LinkedHashMap<>();

    /**
     * Creates an empty registry.
     *
     * @param environment time and threads
     * @param inbox commands from and to other engines
     * @param subscribers listeners of every run that this engine works on
     */
    public RunRegistry(Environment environment, Inbox inbox, List<Subscriber> subscribers) {
        this.environment = environment;
        this.inbox = inbox;
        this.subscribers = List.copyOf(subscribers);
    }

    /** From now on this engine works on a run; whoever has its handle already sees it so. */
    synchronized RunHandle own(RunRecord record, OwnedRun side) {
        RunHandle known = runs.get(record.runId());
        if (known == null) {
            known = followed.remove(record.runId());
        }
        RunHandle handle = known == null ? handle(record, side) : known;
        if (known != null) {
            known.become(side);
        }
        if (runs.put(record.runId(), handle) == null) {
            subscribers.forEach(handle::listen);
        }
        CompletableFuture<BatchReport> unused = side.completion().whenComplete((report, stopped) -> forgetEndedRuns());
        inbox.watch(this::owned);
        return handle;
    }

    /** Returns the handle of a run that another engine works on, or that is over. */
    synchronized RunHandle follow(RunRecord record, Supplier<RunSide> side) {
        RunHandle handle = followed.computeIfAbsent(record.runId(), id -> handle(record, side.get()));
        while (followed.size() > FOLLOWED_RUNS) {
            followed.remove(followed.keySet().iterator().next());
        }
        return handle;
    }

    private RunHandle handle(RunRecord record, RunSide side) {
        return record.plan().request().operation().kind().isSwitchover()
                ? new SwitchoverHandle(record, environment, inbox, side)
                : new RunHandle(record, environment, inbox, side);
    }

    /** Returns the runs that this engine works on or remembers, oldest first. */
    public synchronized List<BatchRun> all() {
        forgetEndedRuns(); // whoever waited for the end of a run may come here first
        return List.copyOf(runs.values());
    }

    /** Returns the handles of those runs. */
    public synchronized List<RunHandle> handles() {
        return List.copyOf(runs.values());
    }

    /**
     * Finds a run that this engine works on or remembers.
     *
     * @param runId the run
     * @return its handle, or null
     */
    public synchronized @Nullable RunHandle find(String runId) {
        return runs.get(runId);
    }

    /**
     * Finds the run of a plan.
     *
     * @param fingerprint the plan's fingerprint
     * @return the handle of its run, if this engine works on it or remembers it
     */
    public synchronized Optional<RunHandle> ofPlan(String fingerprint) {
        return runs.values().stream()
                .filter(handle -> handle.record().plan().fingerprint().equals(fingerprint))
                .findAny();
    }

    /** Returns the runs that this engine works on or worked on. */
    synchronized List<OwnedRun> owned() {
        List<OwnedRun> owned = new ArrayList<>();
        for (RunHandle handle : runs.values()) {
            if (handle.side() instanceof OwnedRun side) {
                owned.add(side);
            }
        }
        return owned;
    }

    private synchronized void forgetEndedRuns() {
        List<RunHandle> over = runs.values().stream()
                .filter(handle -> handle.state() == RunState.ENDED || handle.state() == RunState.LOST)
                .toList();
        int tasks = over.stream()
                .mapToInt(handle -> handle.request().tasks().size())
                .sum();
        int number = over.size();
        for (RunHandle oldest : over) {
            if (number <= REMEMBERED_RUNS && tasks <= REMEMBERED_TASKS) {
                return;
            }
            runs.remove(oldest.id());
            number--;
            tasks -= oldest.request().tasks().size();
        }
    }
}
