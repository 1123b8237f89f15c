package io.omsbatch.core.internal.limit;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.core.settings.Rate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps how often calls of the platform begin, for all an engine does (RUN-10). Calls are reserved before they are needed, the look
 * before a command together with that command, so that it can follow while the look is fresh. Those who find no room come in their
 * order, so that nobody who needs several at once is passed over for ever by those who need one; whoever cannot use room any more
 * has to leave. Thread-safe; no lock of others is taken while its own is held.
 */
public final class CallRate {

    private static final Logger LOG = LoggerFactory.getLogger(CallRate.class);

    private final Environment environment;
    private final @Nullable RateWindow window;
    private final ReentrantLock lock = new ReentrantLock();

    /** Who found no room for how many, the one that has waited longest first. */
    private final Map<Wakeable, Integer> waiting = new LinkedHashMap<>();

    /** Wakes the first of them, or null if that is not certain to find room, or was woken. */
    private Environment.@Nullable Timer timer;

    private long due;

    /**
     * Creates a rate at which nothing has begun.
     *
     * @param environment time
     * @param rate how often calls may begin, or null for no limit
     */
    public CallRate(Environment environment, @Nullable Rate rate) {
        this.environment = environment;
        this.window = rate == null ? null : new RateWindow(rate);
    }

    /** Returns whether there is a limit to how often calls begin. */
    public boolean limited() {
        return window != null;
    }

    /**
     * Reserves calls, or none; whoever gets none is woken once there may be room, and has to try again or to leave.
     *
     * @param times how many
     * @param who who wants them
     * @return the calls, or null
     */
    public @Nullable Calls reserve(int times, Wakeable who) {
        if (window == null) {
            return Calls.ANY;
        }
        lock.lock();
        try {
            Wakeable first = first();
            long now = environment.nanoTime();
            if ((first == null || first.equals(who)) && window.reserve(times, now)) {
                waiting.remove(who);
                wakeLater(window, true);
                return new Calls(times);
            }
            waiting.put(who, times);
            wakeLater(window, false);
            return null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds as many calls as there is room for, unless others wait.
     *
     * @param calls to which
     * @param most how many at most
     * @return how many
     */
    public int extend(Calls calls, int most) {
        if (window == null) {
            return most;
        }
        lock.lock();
        try {
            int more = waiting.isEmpty() ? Math.max(0, Math.min(most, window.room())) : 0;
            boolean reserved = more > 0 && window.reserve(more, environment.nanoTime());
            calls.reserved += reserved ? more : 0;
            return reserved ? more : 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes one call out of several.
     *
     * @param from of which
     */
    public Calls split(Calls from) {
        if (window == null) {
            return Calls.ANY;
        }
        lock.lock();
        try {
            from.reserved--;
            return new Calls(1);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that a call begins now.
     *
     * @param calls of which
     * @return whether it may, because they were not given back
     */
    public boolean begin(Calls calls) {
        if (window == null) {
            return true;
        }
        lock.lock();
        try {
            if (!calls.over) {
                calls.reserved--;
                window.begin(environment.nanoTime());
                wakeLater(window, false);
            }
            return !calls.over;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that a call of a look begins now.
     *
     * @param calls of which
     * @throws GatewayException if the look was given up, so that it need not go on
     */
    public void beginLook(Calls calls) {
        if (!begin(calls)) {
            throw GatewayException.transientFailure("the look was given up", null);
        }
    }

    /**
     * Gives back what has not begun, for good; to do so again changes nothing.
     *
     * @param calls the calls
     */
    public void giveBack(Calls calls) {
        if (window == null) {
            return;
        }
        lock.lock();
        try {
            if (!calls.over) {
                calls.over = true;
                window.giveBack(calls.reserved);
                wakeLater(window, calls.reserved > 0);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that somebody does not wait any more.
     *
     * @param who who waited
     */
    public void leave(Wakeable who) {
        if (window == null) {
            return;
        }
        lock.lock();
        try {
            boolean wasFirst = who.equals(first());
            waiting.remove(who);
            wakeLater(window, wasFirst);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Wakeable first() {
        return waiting.isEmpty() ? null : waiting.keySet().iterator().next();
    }

    /** Wakes the first of those who wait once there is room for it, on a timer; the lock must be held. */
    private void wakeLater(RateWindow kept, boolean mayHaveRoom) {
        Wakeable first = first();
        if (first == null) {
            return;
        }
        long now = environment.nanoTime();
        long wait = kept.waitNanos(waiting.getOrDefault(first, 1), now);
        if (wait == Long.MAX_VALUE || (wait == 0 && !mayHaveRoom) || (timer != null && due - now <= wait)) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        try {
            timer = environment.schedule(Duration.ofNanos(wait), this::wakeFirst);
            due = now + wait;
        } catch (RuntimeException | Error refused) { // the environment was closed, and all runs with it
            LOG.debug("Nobody is woken any more: {}", refused.getClass().getName());
        }
    }

    private void wakeFirst() {
        Wakeable first;
        lock.lock();
        try {
            timer = null;
            first = first();
            if (window != null) {
                wakeLater(window, false);
            }
        } finally {
            lock.unlock();
        }
        if (first != null) {
            first.wake();
        }
    }
}
