package io.omsbatch.core.internal.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

    private final Line forward = new Line();

    /** Tasks that are taken back; a paused run, or one that may begin nothing more, goes on with them. */
    private final Line back = new Line();

    private final Deque<TaskEntry> toLook = new ArrayDeque<>();
    private final Set<TaskEntry> settling = new LinkedHashSet<>();
    private final PriorityQueue<Delayed> delayed =
            new PriorityQueue<>(Comparator.comparingLong(Delayed::due).thenComparingInt(one -> one.entry.index()));
    private final Map<Phase, Integer> counts = new EnumMap<>(Phase.class);

    /** Tasks that wait to be looked at before their commands, and those that were. */
    private static final class Line {
        private final Deque<TaskEntry> queued = new ArrayDeque<>();
        private final Deque<TaskEntry> ready = new ArrayDeque<>();
    }

    /** Which tasks are taken. */
    enum Way {
        /** Those that go through their steps. */
        FORWARD,
        /** Those that are taken back. */
        BACK
    }

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
        counts.merge(entry.phase(), 1, Integer::sum);
    }

    int count(Phase phase) {
        return counts.getOrDefault(phase, 0);
    }

    /** Moves a task to a phase and into the queue of that phase, if it has one. */
    void move(TaskEntry entry, Phase next) {
        Phase before = entry.phase();
        entry.become(next);
        counts.merge(before, -1, Integer::sum);
        counts.merge(next, 1, Integer::sum);
        settling.remove(entry);
        switch (next) {
            case QUEUED -> lineOf(entry).queued.add(entry);
            case READY -> lineOf(entry).ready.add(entry);
            case SETTLING -> settling.add(entry);
            case DELAYED -> delayed.add(new Delayed(entry, entry.due));
            case IDLE, GATED, PREPARING, CALLING, FAILED, HELD, ENDED -> {}
        }
    }

    /** Takes the next page of tasks to be looked at before their commands; they become PREPARING. */
    List<TaskEntry> takeQueued(Way way, int most) {
        return takePage(line(way).queued, Phase.QUEUED, most, entry -> move(entry, Phase.PREPARING));
    }

    /** Takes the next task whose command may be sent; tasks whose look is no longer fresh are queued again. */
    @Nullable
    TaskEntry takeReady(Way way, Predicate<TaskEntry> fresh) {
        Deque<TaskEntry> ready = line(way).ready;
        TaskEntry entry = ready.poll();
        while (entry != null) {
            if (entry.phase() == Phase.READY && !entry.busy) {
                if (fresh.test(entry)) {
                    move(entry, Phase.CALLING);
                    return entry;
                }
                move(entry, Phase.QUEUED);
            }
            entry = ready.poll();
        }
        return null;
    }

    /** Says that a settling task is to be looked at as soon as a slot is free. */
    void lookAt(TaskEntry entry) {
        if (!entry.busy && !entry.awaitsLook) {
            entry.awaitsLook = true;
            toLook.add(entry);
        }
    }

    /** Takes the next page of settling tasks to be looked at; they are busy until their look is dealt with. */
    List<TaskEntry> takeToLook(int most) {
        return takePage(toLook, Phase.SETTLING, most, entry -> entry.busy = true);
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

    boolean anyQueued(Way way) {
        return !line(way).queued.isEmpty();
    }

    private static List<TaskEntry> takePage(Deque<TaskEntry> from, Phase phase, int most, Consumer<TaskEntry> take) {
        List<TaskEntry> page = new ArrayList<>();
        TaskEntry entry = from.peek();
        while (entry != null && page.size() < most && !(entry.alone && !page.isEmpty())) {
            from.poll();
            entry.awaitsLook = false;
            if (entry.phase() == phase && !entry.busy) {
                take.accept(entry);
                page.add(entry);
                if (entry.alone) {
                    break;
                }
            }
            entry = from.peek();
        }
        return page;
    }
}
