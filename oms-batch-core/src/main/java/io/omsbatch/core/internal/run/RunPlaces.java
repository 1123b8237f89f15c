package io.omsbatch.core.internal.run;

import io.omsbatch.core.internal.call.CallTicket;
import io.omsbatch.core.internal.limit.CallRate;
import io.omsbatch.core.internal.limit.Places;
import io.omsbatch.core.internal.limit.ResourceLimits;
import io.omsbatch.core.internal.limit.Waiting;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the tasks of a run take up of what all runs share: their places at resources, and their turns among all calls. A task has
 * them from the look before its command until it is known what came of that, and its places for as long as its call is out.
 */
final class RunPlaces {

    private final CallRate rate;
    private final ResourceLimits limits;
    private final ReentrantLock lock;
    private final Outbox outbox;

    /** Whether the run has ended or stopped; guarded by its lock. */
    private boolean over;

    RunPlaces(CallRate rate, ResourceLimits limits, ReentrantLock lock, Outbox outbox) {
        this.rate = rate;
        this.limits = limits;
        this.lock = lock;
        this.outbox = outbox;
    }

    /** A task has come to another phase; the lock must be held. */
    void moved(TaskEntry entry) {
        if (over || !entry.phase().needsPlaces()) {
            giveBack(entry);
        } else if (entry.places == null) {
            entry.places = limits.adopt(entry.keys());
        }
    }

    /** The command of a task is sent now; returns whether it may be. */
    boolean begin(TaskEntry entry) {
        lock.lock();
        try {
            return entry.places != null && entry.call != null && rate.begin(entry.call) && limits.begin(entry.places);
        } finally {
            lock.unlock();
        }
    }

    /** The calls of tasks have returned or were given up. Their run may have stopped meanwhile. */
    void called(List<TaskEntry> entries) {
        lock.lock();
        try {
            if (over) {
                entries.forEach(this::giveBack);
            }
        } finally {
            lock.unlock();
        }
        outbox.tellAll();
    }

    /** The run has ended or stopped: only calls that are out take up places; the lock must be held. */
    void letGo(List<TaskEntry> entries) {
        over = true;
        for (TaskEntry entry : entries) {
            giveBackCall(entry);
            boolean out = entry.phase() == Phase.CALLING && entry.places != null && entry.places.begun();
            if (!out) {
                giveBackPlaces(entry);
            }
        }
    }

    private void giveBack(TaskEntry entry) {
        giveBackCall(entry);
        giveBackPlaces(entry);
    }

    /** A call that has begun counts all the same. */
    private void giveBackCall(TaskEntry entry) {
        if (entry.call != null) {
            rate.giveBack(entry.call);
            entry.call = null;
        }
    }

    private void giveBackPlaces(TaskEntry entry) {
        Places places = entry.places;
        entry.places = null;
        if (places == null || places.free()) {
            return;
        }
        CallTicket ticket = entry.ticket;
        if (places.begun() && ticket != null && ticket.returnedAt().isEmpty()) {
            limits.hangs(places);
            ticket.whenReturned(() -> limits.release(places).forEach(Waiting::wake));
        } else {
            limits.release(places).forEach(waiting -> outbox.add(waiting::wake));
        }
    }
}
