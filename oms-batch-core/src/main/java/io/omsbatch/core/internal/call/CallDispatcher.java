package io.omsbatch.core.internal.call;

import io.omsbatch.api.engine.Environment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the gateway calls of an engine: never more at once than there are slots (RUN-10), each with a timeout, fairly between
 * the sources of work, and without a thread for what merely waits. One watchdog looks after all deadlines.
 */
public final class CallDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(CallDispatcher.class);

    private static final long NOT_STUCK = -1;

    private final Environment environment;
    private final long timeoutNanos;
    private final List<Slot> slots = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Slot> free = new ArrayDeque<>();
    private final Deque<WorkSource> ring = new ArrayDeque<>();
    private final Set<WorkSource> known = Collections.newSetFromMap(new WeakHashMap<>());

    /**
     * How many slots were handed to the executor, which has no thread for them yet; guarded by the lock. Never more than one: a
     * slot that gets work starts the next, so that threads which just gave up their slots are back in their pool by then, and a
     * run whose calls are short does not take new ones in their place.
     */
    private int waiting;

    /** How many calls were given up and have not returned; guarded by the lock. */
    private int abandoned;

    /** How often a slot has got a thread, was given up, or came back; guarded by the lock. */
    private long moves;

    private final AtomicBoolean watching = new AtomicBoolean();
    private volatile boolean closing;
    private final AtomicBoolean watchingStarts = new AtomicBoolean();

    /**
     * Creates a dispatcher without any call in flight.
     *
     * @param environment time and threads
     * @param limit how many calls may be in flight
     * @param timeout after how long a call is given up
     */
    public CallDispatcher(Environment environment, int limit, Duration timeout) {
        this.environment = environment;
        this.timeoutNanos = timeout.toNanos();
        for (int i = 0; i < limit; i++) {
            Slot slot = new Slot();
            slots.add(slot);
            free.push(slot);
        }
    }

    /** Says that calls and tasks may fail from now on, because the executor is about to be shut down. */
    public void close() {
        closing = true;
    }

    /**
     * Says that a source has work to do. Cheap; may be called from anywhere, but not while holding a lock that the source's
     * {@link WorkSource#next} takes.
     *
     * @param source the source
     */
    public void signal(WorkSource source) {
        Slot slot;
        boolean starting;
        long stuckSince;
        lock.lock();
        try {
            known.add(source);
            if (!source.queued) {
                source.queued = true;
                ring.add(source);
            }
            starting = waiting > 0;
            slot = starting ? null : free.poll();
            waiting += slot == null ? 0 : 1;
            stuckSince = stuckSince();
        } finally {
            lock.unlock();
        }
        if (slot != null) {
            start(slot);
        }
        if (slot != null || starting) {
            watchStarts(stuckSince);
        } else if (stuckSince != NOT_STUCK) {
            watchStuckSlots(stuckSince);
        }
    }

    /** Returns how many slots have nothing to do now. */
    public int free() {
        lock.lock();
        try {
            return free.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes a call, and hands its result on exactly once: in this thread if the call returns in time, otherwise in another one
     * as soon as it is given up.
     *
     * @param slot the slot the work was given
     * @param body the call
     * @param then takes the result
     * @param <T> what the call returns
     */
    public <T> void call(Slot slot, Callable<@Nullable T> body, Consumer<CallResult<T>> then) {
        Thread.interrupted(); // left behind by whatever ran before; it is not meant for this call
        long begun = environment.nanoTime();
        CallTicket ticket = new CallTicket();
        Slot.Flight flight = new Slot.Flight(begun + timeoutNanos, () -> {
            long now = environment.nanoTime();
            then.accept(new CallResult<>(null, null, true, begun, now, ticket));
        });
        slot.begin(flight);
        T value = null;
        Throwable failure = null;
        try {
            watch();
            value = body.call();
        } catch (Throwable thrown) { // a gateway may throw anything; it harms only its own task (RUN-6)
            failure = thrown;
        }
        boolean inTime = slot.finish(flight);
        Thread.interrupted(); // ours, or one that the gateway left behind; neither may reach the next call
        long ended = environment.nanoTime();
        ticket.markReturned(ended);
        if (inTime) {
            then.accept(new CallResult<>(value, failure, false, begun, ended, ticket));
        } else {
            comeBack();
        }
    }

    /**
     * Returns the number of moves at which no call is under way and no slot is left for another, or the executor has no thread for
     * it; the lock must be held.
     */
    private long stuckSince() {
        boolean underWay = slots.size() > free.size() + waiting + abandoned;
        return !underWay && (waiting > 0 || free.isEmpty()) ? moves : NOT_STUCK;
    }

    private long abandon() {
        lock.lock();
        try {
            abandoned++;
            moves++;
            return stuckSince();
        } finally {
            lock.unlock();
        }
    }

    private void comeBack() {
        lock.lock();
        try {
            abandoned--;
            moves++;
        } finally {
            lock.unlock();
        }
    }

    private long stuckNow() {
        lock.lock();
        try {
            return stuckSince();
        } finally {
            lock.unlock();
        }
    }

    /** Calls that were given up are another matter, and watched for themselves. */
    private long startStuckNow() {
        lock.lock();
        try {
            return waiting > 0 ? stuckSince() : NOT_STUCK;
        } finally {
            lock.unlock();
        }
    }

    private void start(Slot slot) {
        try {
            environment.calls().execute(() -> work(slot));
        } catch (RuntimeException | Error refused) { // also: no native thread could be made
            complain("The executor refuses to run gateway calls", refused);
            begun();
            release(slot);
            tellAll();
        }
    }

    private void begun() {
        lock.lock();
        try {
            waiting--;
            moves++;
        } finally {
            lock.unlock();
        }
    }

    private void work(Slot slot) {
        begun();
        WorkSource source = take(slot);
        while (source != null) {
            perform(source, slot);
            source = take(slot);
        }
    }

    /** Whatever a source does wrong, the slot lives on. */
    private void perform(WorkSource source, Slot slot) {
        try {
            Work work = source.next();
            if (work != null) {
                signal(source);
                work.perform(slot);
            }
        } catch (RuntimeException | Error unexpected) {
            complain("A piece of work failed unexpectedly", unexpected);
        }
    }

    private @Nullable WorkSource take(Slot slot) {
        lock.lock();
        try {
            WorkSource source = ring.poll();
            if (source == null) {
                free.push(slot);
            } else {
                source.queued = false;
            }
            return source;
        } finally {
            lock.unlock();
        }
    }

    private void release(Slot slot) {
        lock.lock();
        try {
            free.push(slot);
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        if (!watching.get() && watching.compareAndSet(false, true)) {
            try {
                environment.schedule(Duration.ofNanos(timeoutNanos), this::expireLateCalls);
            } catch (RuntimeException | Error refused) { // the environment was closed
                watching.set(false);
                throw refused;
            }
        }
    }

    private void expireLateCalls() {
        long now = environment.nanoTime();
        long earliest = Long.MAX_VALUE;
        for (Slot slot : slots) {
            Runnable onTimeout = slot.expire(now);
            if (onTimeout != null) {
                long stuckSince = abandon();
                elsewhere(onTimeout);
                if (stuckSince != NOT_STUCK) {
                    watchStuckSlots(stuckSince);
                }
            }
            Long deadline = slot.deadline();
            if (deadline != null) {
                earliest = Math.min(earliest, deadline - now);
            }
        }
        if (earliest != Long.MAX_VALUE) {
            environment.schedule(Duration.ofNanos(earliest), this::expireLateCalls);
            return;
        }
        watching.set(false);
        if (slots.stream().anyMatch(slot -> slot.deadline() != null)) {
            watch();
        }
    }

    /** One timeout after a slot got no thread while nothing was under way, looks whether that is still so; one look at a time. */
    private void watchStarts(long since) {
        if (since == NOT_STUCK || !watchingStarts.compareAndSet(false, true)) {
            return;
        }
        try {
            environment.schedule(Duration.ofNanos(timeoutNanos), () -> lookAtStarts(since));
        } catch (RuntimeException | Error refused) { // the environment was closed
            watchingStarts.set(false);
        }
    }

    private void lookAtStarts(long since) {
        watchingStarts.set(false);
        long now = startStuckNow();
        if (now == since) {
            LOG.error("The executor had no thread for a gateway call within {} ms", timeoutNanos / 1_000_000);
            tellAll();
        } else {
            watchStarts(now);
        }
    }

    /** Gives calls that were interrupted one more timeout, and none of them to return, before their slots count as lost. */
    private void watchStuckSlots(long since) {
        environment.schedule(Duration.ofNanos(timeoutNanos), () -> {
            if (stuckNow() == since) {
                tellAll();
            }
        });
    }

    private void tellAll() {
        List<WorkSource> sources;
        lock.lock();
        try {
            sources = new ArrayList<>(known);
        } finally {
            lock.unlock();
        }
        sources.forEach(source -> elsewhere(source::unresponsive));
    }

    /** Runs a task on the executor; in this thread if that refuses, because somebody waits for what the task says. */
    private void elsewhere(Runnable task) {
        Runnable guarded = () -> guarded(task);
        try {
            environment.executor().execute(guarded);
        } catch (RuntimeException | Error refused) {
            complain("The executor refuses tasks", refused);
            guarded.run();
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error unexpected) {
            complain("A follow-up of a call failed unexpectedly", unexpected);
        }
    }

    private void complain(String what, Throwable failure) {
        if (closing) {
            LOG.debug(what, SafeThrowable.of(failure));
        } else {
            LOG.error(what, SafeThrowable.of(failure));
        }
    }
}
