package io.omsbatch.core.internal.run;

import io.omsbatch.core.internal.limit.CallRate;
import io.omsbatch.core.internal.limit.Calls;
import io.omsbatch.core.internal.limit.ResourceKey;
import io.omsbatch.core.internal.limit.ResourceLimits;
import io.omsbatch.core.internal.limit.Wakeable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a run by what they wait for. Guarded by the run's lock. A task that left its phase since it was put into a queue
 * or that somebody is about to change, is passed over when it comes up.
 */
final class RunQueues {

    private final CallRate rate;
    private final ResourceLimits limits;
    private final RunPlaces places;
    private final Line forward;

    /** Tasks that are taken back; a paused run, or one that may begin nothing more, goes on with them. */
    private final Line back;

    private final Deque<TaskEntry> toLook = new ArrayDeque<>();
    private final Set<TaskEntry> settling = new LinkedHashSet<>();
    private final PriorityQueue<Delayed> delayed =
            new PriorityQueue<>(Comparator.comparingLong(Delayed::due).thenComparingInt(one -> one.entry.index()));
    private final Map<Phase, Count> counts = new EnumMap<>(Phase.class);

    /** Who is told of room at a resource, and of one whose places are all held by calls that do not return. */
    private volatile @Nullable Keeper keeper;

    /**
     * Creates queues without tasks.
     *
     * @param rate how often calls begin
     * @param limits the limits for what tasks share
     * @param places what the tasks take up of that
     */
    RunQueues(CallRate rate, ResourceLimits limits, RunPlaces places) {
        this.rate = rate;
        this.limits = limits;
        this.places = places;
        for (Phase phase : Phase.values()) {
            counts.put(phase, new Count());
        }
        this.forward = new Line(Way.FORWARD);
        this.back = new Line(Way.BACK);
    }

    /** Whose tasks they are. Called without a lock. */
    interface Keeper extends Wakeable {

        /** Every place of a resource for which tasks wait is held by a call that was given up and does not return. */
        void stuck(Way way, ResourceKey key);
    }

    /** Tasks that wait to be looked at before their commands, and those that were. */
    private final class Line {
        private final KeyedLine queued;
        private final Deque<TaskEntry> ready = new ArrayDeque<>();

        Line(Way way) {
            queued = new KeyedLine(limits, () -> told(Keeper::wake), key -> told(whose -> whose.stuck(way, key)));
        }
    }

    private void told(Consumer<Keeper> what) {
        Keeper whose = keeper;
        if (whose != null) {
            what.accept(whose);
        }
    }

    /** Says whose tasks they are, before the first is queued. */
    void keep(Keeper whose) {
        keeper = whose;
    }

    /** How many tasks are in a phase. */
    private static final class Count {
        int tasks;
    }

    private Count counted(Phase phase) {
        return Objects.requireNonNull(counts.get(phase));
    }

    /** Which tasks are taken. */
    enum Way {
        /** Those that go through their steps. */
        FORWARD,
        /** Those that are taken back. */
        BACK
    }

    /**
     * Tasks that are looked at together.
     *
     * @param tasks the tasks
     * @param calls the calls by which they are looked at
     */
    record Page(List<TaskEntry> tasks, Calls calls) {}

    private Line line(Way way) {
        return way == Way.BACK ? back : forward;
    }

    private Line lineOf(TaskEntry entry) {
        return line(entry.row().undoes() ? Way.BACK : Way.FORWARD);
    }

    /** A task that was delayed until a time; out of date once the task has left that delay. */
    private record Delayed(TaskEntry entry, long due) {
        boolean current() {
            return entry.phase() == Phase.DELAYED && entry.due == due;
        }
    }

    void admit(TaskEntry entry) {
        counted(entry.phase()).tasks++;
    }

    int count(Phase phase) {
        return counted(phase).tasks;
    }

    /** Moves a task to a phase and into the queue of that phase, if it has one. */
    void move(TaskEntry entry, Phase next) {
        Phase before = entry.phase();
        entry.become(next);
        counted(before).tasks--;
        counted(next).tasks++;
        if (before == Phase.SETTLING) {
            settling.remove(entry);
        }
        places.moved(entry);
        switch (next) {
            case QUEUED -> lineOf(entry).queued.add(entry);
            case READY -> lineOf(entry).ready.add(entry);
            case SETTLING -> settling.add(entry);
            case DELAYED -> delayed.add(new Delayed(entry, entry.due));
            case IDLE, GATED, PREPARING, CALLING, FAILED, HELD, ENDED -> {}
        }
    }

    /**
     * Takes the next page of tasks to be looked at before their commands, each with the leave to be commanded then; they become
     * PREPARING. Returns null if there are none, or they have to wait.
     *
     * @param way which tasks
     * @param most how many at most; with 0 those that could wait give their turns to others
     * @param looks how many calls the look takes
     */
    @Nullable
    Page takeQueued(Way way, int most, int looks) {
        KeyedLine queued = line(way).queued;
        if (most <= 0 || !queued.mayTake()) {
            rate.leave(queued);
            return null;
        }
        Calls calls = rate.reserve(looks + 1, queued);
        if (calls == null) {
            return null;
        }
        List<TaskEntry> page = queued.take(1 + rate.extend(calls, most - 1));
        for (TaskEntry entry : page) {
            entry.call = rate.split(calls);
            move(entry, Phase.PREPARING);
        }
        if (page.isEmpty()) {
            rate.giveBack(calls);
        }
        return page.isEmpty() ? null : new Page(page, calls);
    }

    /** Lets no task keep others from what they share while its run begins nothing. */
    void standBack(Way way) {
        rate.leave(line(way).queued);
        Deque<TaskEntry> ready = line(way).ready;
        TaskEntry entry = ready.poll();
        while (entry != null) {
            if (entry.phase() == Phase.READY && !entry.busy) {
                move(entry, Phase.QUEUED);
            }
            entry = ready.poll();
        }
    }

    /** Returns the tasks that wait for a resource, and lets their turns come again. */
    List<TaskEntry> bringBack(Way way, ResourceKey key) {
        return line(way).queued.bringBack(key);
    }

    /** The run has ended or stopped: its tasks keep nobody from what they share. */
    void letGo() {
        for (KeyedLine queued : List.of(forward.queued, back.queued)) {
            queued.leave();
            rate.leave(queued);
        }
        if (keeper != null) {
            rate.leave(keeper);
        }
    }

    /** Takes tasks whose commands may be sent, which become CALLING; those whose look is no longer fresh are queued again. */
    List<TaskEntry> takeReady(Way way, int most, Predicate<TaskEntry> fresh) {
        Deque<TaskEntry> ready = line(way).ready;
        List<TaskEntry> taken = new ArrayList<>();
        while (taken.size() < most && !ready.isEmpty()) {
            TaskEntry entry = ready.remove();
            if (entry.phase() == Phase.READY && !entry.busy) {
                if (fresh.test(entry)) {
                    move(entry, Phase.CALLING);
                    taken.add(entry);
                } else {
                    move(entry, Phase.QUEUED);
                }
            }
        }
        return taken;
    }

    /** Says that a settling task is to be looked at as soon as a slot is free. */
    void lookAt(TaskEntry entry) {
        if (!entry.busy && !entry.awaitsLook) {
            entry.awaitsLook = true;
            toLook.add(entry);
        }
    }

    /** Returns how many settling tasks are to be looked at, some of which may be out of date. */
    int awaitLook() {
        return toLook.size();
    }

    /** Takes the next page of settling tasks to be looked at; they are busy until their look is dealt with. */
    @Nullable
    Page takeToLook(int most, Wakeable whose) {
        Calls calls = null;
        if (toLook.isEmpty()) {
            rate.leave(whose);
        } else {
            calls = rate.reserve(1, whose);
        }
        List<TaskEntry> page = calls == null ? List.of() : takeToLook(most);
        if (calls != null && page.isEmpty()) {
            rate.giveBack(calls);
        }
        return calls == null || page.isEmpty() ? null : new Page(page, calls);
    }

    /** Takes settling tasks that waited for a look longer than they may; they are busy. */
    List<TaskEntry> takeOverdue(long now, long grace) {
        List<TaskEntry> overdue = new ArrayList<>();
        for (TaskEntry entry : settling) {
            if (entry.awaitsLook && now - entry.deadline > grace) {
                overdue.add(entry);
            }
        }
        if (!overdue.isEmpty()) {
            toLook.removeAll(Set.copyOf(overdue));
            overdue.forEach(entry -> {
                entry.awaitsLook = false;
                entry.busy = true;
            });
        }
        return overdue;
    }

    /** Takes tasks whose time has come out of their delay; they become QUEUED. */
    void wake(long now) {
        Delayed first = firstDelayed();
        while (first != null && first.due - now <= 0) {
            delayed.poll();
            move(first.entry, Phase.QUEUED);
            first = firstDelayed();
        }
    }

    /** Returns when the next delayed task is due, or null if there is none. */
    @Nullable
    Long nextDue() {
        Delayed first = firstDelayed();
        return first == null ? null : first.due;
    }

    private @Nullable Delayed firstDelayed() {
        Delayed first = delayed.peek();
        while (first != null && !first.current()) {
            delayed.poll();
            first = delayed.peek();
        }
        return first;
    }

    /** Returns the tasks that are being settled. */
    List<TaskEntry> settling() {
        return new ArrayList<>(settling);
    }

    boolean anySettling() {
        return !settling.isEmpty();
    }

    private List<TaskEntry> takeToLook(int most) {
        List<TaskEntry> page = new ArrayList<>();
        TaskEntry entry = toLook.peek();
        while (entry != null && page.size() < most && !(entry.alone && !page.isEmpty())) {
            toLook.poll();
            entry.awaitsLook = false;
            if (entry.phase() == Phase.SETTLING && !entry.busy) {
                entry.busy = true;
                page.add(entry);
                if (entry.alone) {
                    break;
                }
            }
            entry = toLook.peek();
        }
        return page;
    }
}
