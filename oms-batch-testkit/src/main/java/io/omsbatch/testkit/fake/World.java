package io.omsbatch.testkit.fake;

import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.history.Recorder;
import io.omsbatch.testkit.history.Remark;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a simulated platform and what becomes of them with time. What is due is done when somebody looks, so that it
 * needs no thread. Guarded by its platform's lock.
 */
final class World {

    private record Due(Instant at, long sequence, Consumer<Instant> event) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private record Version(Instant from, @Nullable FakeTask task) {}

    private final PlatformSettings settings;
    private final InstantSource clock;
    private final Recorder recorder;
    private final RandomGenerator random;
    private final SortedMap<TaskRef, FakeTask> tasks = new TreeMap<>();
    private final Map<TaskRef, Deque<Version>> versions = new HashMap<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final List<Remark> remarks = new ArrayList<>();
    private long sequence;

    World(PlatformSettings settings, InstantSource clock, Recorder recorder) {
        this.settings = settings;
        this.clock = clock;
        this.recorder = recorder;
        this.random = new SplittableRandom(settings.seed());
    }

    PlatformSettings settings() {
        return settings;
    }

    RandomGenerator random() {
        return random;
    }

    /** Does all that is due, and returns the present. */
    Instant catchUp() {
        Instant now = clock.instant();
        Due next = due.peek();
        while (next != null && !next.at().isAfter(now)) {
            due.remove();
            next.event().accept(next.at());
            next = due.peek();
        }
        return now;
    }

    void later(Instant at, Consumer<Instant> event) {
        due.add(new Due(at, sequence++, event));
    }

    /** Returns a time between the half and the whole of one. */
    Duration most(Duration whole) {
        long half = whole.toNanos() / 2;
        return whole.isZero() ? whole : Duration.ofNanos(half + random.nextLong(half + 1));
    }

    /** Returns a time between zero and the whole of one. */
    Duration any(Duration whole) {
        return whole.isZero() ? whole : Duration.ofNanos(random.nextLong(whole.toNanos() + 1));
    }

    @Nullable
    FakeTask find(TaskRef ref) {
        return tasks.get(ref);
    }

    SortedMap<TaskRef, FakeTask> tasks() {
        return tasks;
    }

    void put(MigrationTask from, Instant at) {
        FakeTask task = new FakeTask(from, new ForwardSync(settings, tasks.size() * 1_700, at));
        if (from.switchover() != null) {
            Cutover cutover = new Cutover(from.type(), from.switchover().round(), movesOn());
            cutover.standAt(from.switchover());
            task.cutover = cutover;
        }
        tasks.put(from.ref(), task);
    }

    boolean movesOn() {
        return random.nextBoolean();
    }

    void remove(TaskRef ref, Instant at, String why) {
        FakeTask gone = tasks.remove(ref);
        if (gone != null) {
            gone.turn++;
            remark(at, ref.id() + " is gone: " + why);
            keepVersion(ref, at, null);
        }
    }

    /** Notes that a task was changed. */
    void changed(FakeTask task, Instant at, String why) {
        task.sync.run(shouldSync(task), at);
        remark(at, task + ": " + why);
        keepVersion(task.ref(), at, task);
    }

    void remark(Instant at, String text) {
        remarks.add(new Remark(recorder.at(at), "* " + text));
    }

    /** Returns a task as it was at a time not longer ago than the greatest staleness, or as it was set up since; null if it was gone. */
    @Nullable
    FakeTask asOf(TaskRef ref, Instant time) {
        Deque<Version> kept = versions.get(ref);
        if (kept == null || settings.capabilities().maximumStaleness().isZero()) {
            return tasks.get(ref);
        }
        for (Version version : kept) {
            if (!version.from().isAfter(time)) {
                return version.task();
            }
        }
        return kept.getLast().task();
    }

    List<Remark> remarks() {
        return remarks;
    }

    private static boolean shouldSync(FakeTask task) {
        boolean stopped = task.cutover != null && task.cutover.forwardStopped();
        return task.hasForwardSync() && task.status == TaskStatus.RUNNING && !stopped;
    }

    private void keepVersion(TaskRef ref, Instant at, @Nullable FakeTask task) {
        if (!settings.capabilities().maximumStaleness().isZero()) {
            Deque<Version> kept = versions.computeIfAbsent(ref, key -> new ArrayDeque<>());
            kept.addFirst(new Version(at, task == null ? null : task.copy()));
            if (kept.size() > 50) {
                kept.removeLast();
            }
        }
    }
}
