package io.omsbatch.testkit.fake;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A pooled thread of a simulation. It runs only while it holds the simulation's baton. */
final class SimulatedThread extends Thread {

    /** How often to look for the baton before going to sleep: a hand-over to a thread that still looks is cheap. */
    private static final int LOOKS = 50;

    private final Simulation simulation;
    private volatile boolean interruptNoted;
    private @Nullable Runnable task;
    private @Nullable Event waiting;

    SimulatedThread(Simulation simulation, int number) {
        super("virtual-" + number);
        setDaemon(true);
        this.simulation = simulation;
    }

    @Override
    public void run() {
        awaitBaton();
        simulation.work(this);
    }

    @Nullable
    Runnable task() {
        return task;
    }

    void take(@Nullable Runnable next) {
        task = next;
    }

    /** Returns what the thread blocks on, or null if it does not block. */
    @Nullable
    Event waiting() {
        return waiting;
    }

    void waitFor(@Nullable Event event) {
        waiting = event;
    }

    /** Returns whether the thread was interrupted, whether or not it has noticed that. */
    boolean wasInterrupted() {
        return isInterrupted() || interruptNoted;
    }

    /**
     * Blocks until this thread holds the baton. An interrupt is noted and taken away meanwhile, else parking would no longer
     * block; it is noted before it is taken away, so that {@link #wasInterrupted} never misses it.
     */
    void awaitBaton() {
        for (int look = 0; look < LOOKS && !simulation.isHeldBy(this); look++) {
            Thread.onSpinWait();
        }
        while (!simulation.isHeldBy(this)) {
            LockSupport.park(this);
            if (isInterrupted()) {
                interruptNoted = true;
                Thread.interrupted();
            }
        }
        if (interruptNoted) {
            interruptNoted = false;
            interrupt();
        }
    }
}
