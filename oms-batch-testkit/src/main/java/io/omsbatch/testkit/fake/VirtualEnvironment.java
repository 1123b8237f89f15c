package io.omsbatch.testkit.fake;

import io.omsbatch.api.engine.Environment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * An environment without real time: one seed gives one order of everything that happens, however often it is run.
 *
 * <p>Tasks of the executor run on real threads, of which exactly one runs at a time. A thread lets others run only in
 * {@link #await}, {@link #sleep} and {@link #pass}, and at the end of its task; which of those that can go on does so is
 * chosen by chance. When none can, time passes to the next timer or sleeper. The simulation runs while the test's thread is
 * in {@link #await}, {@link #advance} or {@link #runUntilIdle}; timers fire in that thread. Code that blocks in another way
 * on something that another simulated thread holds makes the simulation hang, which is reported after a minute.
 *
 * <p>Time begins at {@link #START}. {@link #nanoTime()} begins shortly before it overflows, because only differences mean
 * anything.
 *
 * @since 0.1.0
 */
public final class VirtualEnvironment implements Environment, AutoCloseable {

    /** When time begins. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** How many steps a simulation may take unless told otherwise: 1 000 000. */
    public static final int STEP_LIMIT = 1_000_000;

    private static final Duration HANGS_AFTER = Duration.ofMinutes(1);
    private static final long NANO_TIME_AT_START =
            Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();
    private static final Duration ENDLESS = Duration.ofNanos(Long.MAX_VALUE);

    private final long seed;
    private final Simulation simulation;
    private final RandomGenerator random;
    private long ids;

    /**
     * Creates an environment with the usual step limit.
     *
     * @param seed decides every choice
     */
    public VirtualEnvironment(long seed) {
        this(seed, STEP_LIMIT);
    }

    /**
     * Creates an environment.
     *
     * @param seed decides every choice
     * @param stepLimit after how many steps to fail because of a livelock, at least 1
     */
    public VirtualEnvironment(long seed, int stepLimit) {
        this(seed, stepLimit, HANGS_AFTER);
    }

    VirtualEnvironment(long seed, int stepLimit, Duration hangsAfter) {
        this.seed = seed;
        this.simulation = new Simulation(new SplittableRandom(seed), stepLimit, hangsAfter);
        this.random = new Random(new SplittableRandom(~seed).nextLong());
    }

    @Override
    public InstantSource clock() {
        return () -> START.plusNanos(simulation.agenda().now());
    }

    @Override
    public long nanoTime() {
        return NANO_TIME_AT_START + simulation.agenda().now();
    }

    /** Returns how much virtual time has passed. */
    public Duration elapsed() {
        return Duration.ofNanos(simulation.agenda().now());
    }

    /** Returns how many steps the simulation has taken. */
    public int steps() {
        return simulation.steps();
    }

    /** Returns what tasks of the executor and of timers threw, in order. */
    public List<Throwable> uncaught() {
        return List.copyOf(simulation.uncaught());
    }

    @Override
    public Executor executor() {
        return task -> {
            simulation.requireBaton();
            if (simulation.closed()) {
                throw new RejectedExecutionException("the virtual environment is closed");
            }
            simulation.agenda().add(Event.task(task));
        };
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        simulation.requireBaton();
        Event event = Event.timer(task);
        if (!simulation.closed()) {
            simulation.agenda().add(event, simulation.agenda().after(nanos(delay)));
        }
        return () -> {
            simulation.requireBaton();
            event.become(Event.State.GONE);
        };
    }

    @Override
    public boolean await(CompletionStage<?> stage, Duration timeout) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        SimulatedThread thread = simulation.current();
        long until = simulation.agenda().after(nanos(timeout));
        return thread == null ? awaitDriving(stage, until) : awaitBlocked(thread, stage, until);
    }

    private boolean awaitDriving(CompletionStage<?> stage, long until) throws InterruptedException {
        AtomicBoolean complete = new AtomicBoolean();
        CompletionStage<?> unused = stage.whenComplete((value, failure) -> complete.set(true));
        if (!complete.get()) {
            driveTo(complete::get, until);
        }
        return complete.get();
    }

    private boolean awaitBlocked(SimulatedThread thread, CompletionStage<?> stage, long until)
            throws InterruptedException {
        simulation.requireNoTimer();
        AtomicBoolean complete = new AtomicBoolean();
        Event event = Event.thread(thread, true);
        CompletionStage<?> unused = stage.whenComplete((value, failure) -> {
            complete.set(true);
            if (event == thread.waiting()) {
                simulation.agenda().wake(event);
            }
        });
        if (!complete.get()) {
            simulation.agenda().add(event, until);
            simulation.block(thread, event);
            if (!complete.get() && Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return complete.get();
    }

    /**
     * Blocks the calling thread for a time: a simulated thread lets the others run; the test's thread lets the simulation run.
     *
     * @param duration how long; zero or less lets others run without time passing
     * @throws InterruptedException if the thread was interrupted
     */
    public void sleep(Duration duration) throws InterruptedException {
        await(new CompletableFuture<>(), duration);
    }

    /** Lets other threads run that can run now, without time passing; does not care about interrupts. */
    public void pass() {
        SimulatedThread thread = simulation.current();
        if (thread == null) {
            advance(Duration.ZERO);
            return;
        }
        simulation.requireNoTimer();
        Event event = Event.thread(thread, false);
        simulation.agenda().add(event);
        simulation.block(thread, event);
    }

    /**
     * Runs the simulation for a time. Must be called by the test's thread.
     *
     * @param duration how much virtual time is to pass
     */
    public void advance(Duration duration) {
        long until = simulation.agenda().after(nanos(duration));
        uninterrupted(() -> driveTo(() -> false, until));
    }

    /** Runs the simulation until nothing more can happen. Must be called by the test's thread. */
    public void runUntilIdle() {
        uninterrupted(() -> simulation.drive(() -> false, Agenda.NEVER));
    }

    @Override
    public String newId() {
        simulation.requireBaton();
        ids++;
        return "v" + Long.toHexString(seed) + "-" + ids;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    /**
     * Ends all threads of this environment: what still blocks is ended by an Error thrown where it blocks. No thread is left
     * behind. Must be called by the test's thread. Idempotent.
     */
    @Override
    public void close() {
        uninterrupted(simulation::close);
    }

    private void driveTo(BooleanSupplier done, long until) throws InterruptedException {
        if (!simulation.drive(done, until)) {
            simulation.agenda().jump(until);
        }
    }

    private static long nanos(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.compareTo(ENDLESS) >= 0 ? Long.MAX_VALUE : duration.toNanos();
    }

    private interface Blocking {
        void run() throws InterruptedException;
    }

    private static void uninterrupted(Blocking blocking) {
        try {
            blocking.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the thread that drives the simulation was interrupted", interrupted);
        }
    }
}
