package io.omsbatch.testkit.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What can happen in a simulation now, and what can happen later. Time passes only when nothing can happen now. Only the
 * thread that holds the baton touches it.
 */
final class Agenda {

    /** A time that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    private record Dated(long at, long sequence, Event event) implements Comparable<Dated> {
        @Override
        public int compareTo(Dated other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private final RandomGenerator chance;
    private final List<Event> ready = new ArrayList<>();
    private final PriorityQueue<Dated> later = new PriorityQueue<>();
    private long now;
    private long sequence;

    Agenda(RandomGenerator chance) {
        this.chance = chance;
    }

    /** Returns the virtual time in nanoseconds since the beginning. */
    long now() {
        return now;
    }

    /** Returns the time that is so much later, or {@link #NEVER} if that lies beyond all time. */
    long after(long nanos) {
        long at = now + Math.max(0, nanos);
        return at < now ? NEVER : at;
    }

    /** Lets an event happen as soon as it is chosen. */
    void add(Event event) {
        event.become(Event.State.READY);
        ready.add(event);
    }

    /** Lets an event happen at a time, or whenever it is woken before that. */
    void add(Event event, long at) {
        if (at <= now) {
            add(event);
        } else if (at != NEVER) {
            later.add(new Dated(at, sequence++, event));
        }
    }

    /** Lets an event happen now that was to happen later. */
    void wake(Event event) {
        if (event.state() == Event.State.LATER) {
            add(event);
        }
    }

    /** Returns one of the events that can happen now, or at the earliest time up to the limit; null if there is none. */
    @Nullable
    Event next(long limit) {
        do {
            while (!ready.isEmpty()) {
                Event chosen = takeAny();
                if (chosen.state() == Event.State.READY) {
                    chosen.become(Event.State.GONE);
                    return chosen;
                }
            }
        } while (passTime(limit));
        return null;
    }

    /** Moves time to the limit, of which it is known that nothing happens before it. */
    void jump(long limit) {
        now = Math.max(now, limit);
    }

    void clear() {
        ready.clear();
        later.clear();
    }

    private Event takeAny() {
        int index = ready.size() == 1 ? 0 : chance.nextInt(ready.size());
        Event last = ready.remove(ready.size() - 1);
        return index == ready.size() ? last : ready.set(index, last);
    }

    private boolean passTime(long limit) {
        Dated first = firstAlive();
        if (first == null || first.at() > limit) {
            return false;
        }
        now = first.at();
        while (first != null && first.at() == now) {
            later.remove();
            add(first.event());
            first = firstAlive();
        }
        return true;
    }

    private @Nullable Dated firstAlive() {
        Dated first = later.peek();
        while (first != null && first.event().state() != Event.State.LATER) {
            later.remove();
            first = later.peek();
        }
        return first;
    }
}
