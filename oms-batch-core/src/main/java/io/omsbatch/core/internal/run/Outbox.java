package io.omsbatch.core.internal.run;

import io.omsbatch.core.internal.call.SafeThrowable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run has to say to the world around it. It is taken down under the run's lock, when it happens, and told without it, one
 * after the other in that order.
 */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final String runId;
    private final ReentrantLock lock;
    private List<Runnable> untold = new ArrayList<>();

    /** Whether somebody is telling; guarded by the lock. */
    private boolean telling;

    Outbox(String runId, ReentrantLock lock) {
        this.runId = runId;
        this.lock = lock;
    }

    /** Takes something down; the lock must be held. */
    void add(Runnable tell) {
        untold.add(tell);
    }

    /** Tells what was taken down; if somebody else is at it, that one tells this, too. The lock must not be held. */
    void tellAll() {
        List<Runnable> taken = take(false);
        while (!taken.isEmpty()) {
            taken.forEach(this::tell);
            taken = take(true);
        }
    }

    private void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException | Error defect) { // what comes after it is told all the same
            LOG.error("Run {}: something could not be told", runId, SafeThrowable.of(defect));
        }
    }

    /** Takes all that was not told yet; nothing if somebody else is telling. */
    private List<Runnable> take(boolean mine) {
        lock.lock();
        try {
            if ((telling && !mine) || untold.isEmpty()) {
                telling &= !mine;
                return List.of();
            }
            List<Runnable> taken = untold;
            untold = new ArrayList<>();
            telling = true;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
