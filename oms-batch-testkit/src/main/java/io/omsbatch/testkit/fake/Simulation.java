package io.omsbatch.testkit.fake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the threads of a simulation one at a time. Whoever gives up the baton chooses by chance who gets it next, and hands it
 * over directly. The thread that drives the simulation (the test's) has it whenever no simulated thread has.
 */
final class Simulation {

    private static final int REMEMBERED = 16;
    private static final int WAITS = 60;

    private final Agenda agenda;
    private final int stepLimit;
    /** How long one thread may keep the baton, in real time, before the simulation is taken to hang. */
    private final Duration hangsAfter;

    private final List<SimulatedThread> threads = new ArrayList<>();
    private final Deque<SimulatedThread> idle = new ArrayDeque<>();
    private final List<Throwable> uncaught = new ArrayList<>();
    private final @Nullable Event[] lastEvents = new @Nullable Event[REMEMBERED];

    private volatile @Nullable SimulatedThread holder;

    /** Has a permit whenever the baton was given back to the driver. */
    private final Semaphore givenBack = new Semaphore(0);

    private @Nullable Thread driver;
    private BooleanSupplier done = () -> true;
    private long limit;
    private int steps;
    private boolean firing;
    private boolean closed;

    Simulation(RandomGenerator chance, int stepLimit, Duration hangsAfter) {
        this.agenda = new Agenda(chance);
        this.stepLimit = stepLimit;
        this.hangsAfter = hangsAfter;
    }

    Agenda agenda() {
        return agenda;
    }

    boolean closed() {
        return closed;
    }

    int steps() {
        return steps;
    }

    List<Throwable> uncaught() {
        return uncaught;
    }

    boolean isHeldBy(SimulatedThread thread) {
        return holder == thread;
    }

    /** Returns the calling thread if it belongs to this simulation, else null. */
    @Nullable
    SimulatedThread current() {
        return Thread.currentThread() instanceof SimulatedThread thread && holder == thread ? thread : null;
    }

    /** Refuses a thread that neither belongs to this simulation nor drives it: nothing it did could be repeated. */
    void requireBaton() {
        SimulatedThread running = holder;
        Thread caller = Thread.currentThread();
        boolean drives = running == null && (driver == null || driver == caller);
        if (running != caller && !drives) {
            throw new IllegalStateException("thread " + caller.getName()
                    + " touches the virtual environment from outside while the simulation runs; let the environment's"
                    + " executor run what it does");
        }
    }

    /**
     * Runs the simulation in the calling thread until something holds, or nothing more happens up to a time.
     *
     * @return whether it holds
     */
    boolean drive(BooleanSupplier until, long upTo) throws InterruptedException {
        requireBaton();
        requireNoTimer();
        driver = Thread.currentThread();
        done = until;
        limit = upTo;
        try {
            while (!done.getAsBoolean()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while driving a simulation");
                }
                Event next = decide();
                if (next == null) {
                    return done.getAsBoolean();
                }
                if (next.kind() == Event.Kind.TIMER) {
                    fire(next);
                } else {
                    handTo(threadFor(next));
                    awaitBaton();
                }
            }
            return true;
        } finally {
            driver = null;
        }
    }

    /** Blocks a simulated thread until its event, which is on the agenda, happens. */
    void block(SimulatedThread thread, Event event) {
        if (closed) {
            throw new SimulationEnded();
        }
        thread.waitFor(event);
        if (!passOn(event)) {
            thread.awaitBaton();
        }
        thread.waitFor(null);
        if (closed) {
            throw new SimulationEnded();
        }
    }

    /** The life of a simulated thread that was given its first task. */
    void work(SimulatedThread self) {
        for (Runnable task = self.task(); task != null; task = self.task()) {
            perform(task);
            self.take(null);
            Event next = closed ? null : nextButTimers();
            if (closed) {
                break;
            }
            if (next != null && next.kind() == Event.Kind.TASK) {
                self.take(next.work());
            } else {
                idle.push(self);
                handTo(next == null ? null : threadFor(next));
                self.awaitBaton();
            }
        }
        handTo(null);
    }

    /** Fires timers until something else is chosen, which spares a hand-over to the driver for each. */
    private @Nullable Event nextButTimers() {
        Event next = chooseUnlessDone();
        while (next != null && next.kind() == Event.Kind.TIMER) {
            fire(next);
            next = chooseUnlessDone();
        }
        return next;
    }

    private @Nullable Event chooseUnlessDone() {
        return done.getAsBoolean() ? null : decide();
    }

    private void fire(Event timer) {
        firing = true;
        perform(timer.work());
        firing = false;
    }

    /** Ends all threads, one after the other; what still blocks is ended by an Error. */
    void close() throws InterruptedException {
        if (closed) {
            return;
        }
        if (driver != null || Thread.currentThread() instanceof SimulatedThread) {
            throw new IllegalStateException("the simulation must be closed by the thread that drives it");
        }
        driver = Thread.currentThread();
        try {
            // after a hang that was reported, the baton may still be out
            awaitBaton();
            closed = true;
            agenda.clear();
            for (SimulatedThread thread : threads) {
                handTo(thread);
                awaitBaton();
                thread.join(hangsAfter.toMillis());
            }
        } finally {
            driver = null;
        }
    }

    /** Refuses what would block while a timer fires; before anything is put on the agenda for it. */
    void requireNoTimer() {
        if (firing) {
            throw new IllegalStateException("a timer's task must not block; let the executor run what blocks");
        }
    }

    private void perform(Runnable task) {
        boolean driving = Thread.currentThread() == driver;
        try {
            task.run();
        } catch (SimulationEnded ended) {
            // it was under way when the simulation was closed
        } catch (Throwable thrown) {
            if (!closed) {
                uncaught.add(thrown);
            }
        } finally {
            if (!driving) {
                // an interrupt was meant for this task, not for the next one of a pooled thread
                Thread.interrupted();
            }
        }
    }

    /** Gives the baton away; returns true if the caller's own event was chosen, so that it keeps it. */
    private boolean passOn(Event own) {
        Event next = chooseUnlessDone();
        if (next == own) {
            return true;
        }
        handTo(next == null ? null : threadFor(next));
        return false;
    }

    private void handTo(@Nullable SimulatedThread next) {
        holder = next;
        if (next == null) {
            givenBack.release();
        } else {
            LockSupport.unpark(next);
        }
    }

    private SimulatedThread threadFor(Event event) {
        if (event.kind() == Event.Kind.THREAD) {
            return event.thread();
        }
        SimulatedThread thread = idle.poll();
        if (thread == null) {
            thread = new SimulatedThread(this, threads.size() + 1);
            threads.add(thread);
            thread.start();
        }
        thread.take(event.kind() == Event.Kind.TIMER ? () -> fire(event) : event.work());
        return thread;
    }

    /** Chooses what happens next, or null if the driver has to look. */
    private @Nullable Event decide() {
        if (steps >= stepLimit) {
            if (Thread.currentThread() == driver) {
                throw new AssertionError(livelock());
            }
            return null;
        }
        for (SimulatedThread thread : threads) {
            Event event = thread.waiting();
            if (event != null && event.interruptible() && thread.wasInterrupted()) {
                agenda.wake(event);
            }
        }
        Event next = agenda.next(limit);
        if (next != null) {
            lastEvents[steps++ % REMEMBERED] = next;
        }
        return next;
    }

    /**
     * Waits until no simulated thread has the baton. Only waits that lasted their whole time count towards a hang: whoever wakes this
     * thread for another reason, or interrupts it, does not make time pass.
     */
    private void awaitBaton() {
        givenBack.drainPermits(); // left by threads that gave it back before anybody waited
        boolean interrupted = false;
        int seen = steps;
        int waits = 0;
        SimulatedThread running = holder;
        while (running != null) {
            try {
                boolean early = givenBack.tryAcquire(hangsAfter.toNanos() / WAITS, TimeUnit.NANOSECONDS);
                waits = early || steps != seen ? 0 : waits + 1;
                seen = steps;
            } catch (InterruptedException wanted) {
                interrupted = true;
            }
            if (waits > WAITS) {
                throw new AssertionError("thread " + running.getName() + " has kept the baton for " + hangsAfter
                        + " of real time; it waits for something that only another thread could do, or loops: "
                        + stackOf(running));
            }
            running = holder;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String stackOf(Thread thread) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(thread.getStackTrace())
                .limit(30)
                .forEach(frame -> text.append("\n    at ").append(frame));
        return text.toString();
    }

    private String livelock() {
        StringBuilder text = new StringBuilder("the simulation took ")
                .append(steps)
                .append(" steps without coming to an end, so something goes round in circles; virtual time is ")
                .append(TimeUnit.NANOSECONDS.toMillis(agenda.now()))
                .append(" ms after the beginning; the last steps were:");
        for (int i = 0; i < REMEMBERED; i++) {
            text.append("\n    ").append(lastEvents[(steps + i) % REMEMBERED]);
        }
        return text.toString();
    }
}
