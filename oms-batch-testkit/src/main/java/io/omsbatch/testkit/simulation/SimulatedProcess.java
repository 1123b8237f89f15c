package io.omsbatch.testkit.simulation;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A process of a trial, which may die or freeze at any boundary.
 *
 * @since 0.1.0
 */
public final class SimulatedProcess {

    private final int number;
    private final VirtualEnvironment world;
    private final Fates fates;
    private final Environment environment = new Own();
    private final SwitchoverGateway gateway;
    private final JournalStore journal;
    private boolean dead;
    private @Nullable Instant thaws;

    SimulatedProcess(
            int number, VirtualEnvironment world, Fates fates, SwitchoverGateway platform, JournalStore journal) {
        this.number = number;
        this.world = world;
        this.fates = fates;
        this.gateway = new ProcessGateway(this, platform);
        this.journal = ProcessJournal.of(this, journal);
    }

    /** Returns the number of the process, from 1 on. */
    public int number() {
        return number;
    }

    /** Returns what tells its time and runs its threads. */
    public Environment environment() {
        return environment;
    }

    /** Returns its way to the platform. */
    public SwitchoverGateway gateway() {
        return gateway;
    }

    /** Returns its way to the journal, which all processes of a trial share. */
    public JournalStore journal() {
        return journal;
    }

    Fates fates() {
        return fates;
    }

    boolean alive() {
        return !dead;
    }

    boolean frozen() {
        return thaws != null && thaws.isAfter(world.clock().instant());
    }

    void die() {
        dead = true;
    }

    void freeze(Duration duration) {
        thaws = world.clock().instant().plus(duration);
    }

    /** Crosses a boundary: what waits there happens, and others may run before and after it. */
    void cross() {
        requireLife();
        fates.cross(this);
        world.pass();
        awaitThaw();
        requireLife();
    }

    private void awaitThaw() {
        boolean interrupted = false;
        while (!dead && frozen()) {
            try {
                world.sleep(frost());
            } catch (InterruptedException wanted) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration frost() {
        Instant now = world.clock().instant();
        return thaws == null || !thaws.isAfter(now) ? Duration.ZERO : Duration.between(now, thaws);
    }

    private void requireLife() {
        if (dead) {
            throw new ProcessDied();
        }
    }

    /** Runs a task as this process would: not if it is dead, and later if it is frozen. */
    private void perform(Runnable task) {
        awaitThaw();
        if (dead) {
            return;
        }
        try {
            task.run();
        } catch (ProcessDied died) {
            // as intended
        } catch (RuntimeException | Error thrown) {
            if (!dead) {
                throw thrown;
            }
        }
    }

    /** The world as this process sees it. */
    private final class Own implements Environment {

        @Override
        public InstantSource clock() {
            return world.clock();
        }

        @Override
        public long nanoTime() {
            return world.nanoTime();
        }

        @Override
        public Executor executor() {
            return task -> world.executor().execute(() -> perform(task));
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return new OwnTimer(delay, task);
        }

        @Override
        public boolean await(CompletionStage<?> stage, Duration timeout) throws InterruptedException {
            requireLife();
            boolean complete = world.await(stage, timeout);
            awaitThaw();
            requireLife();
            return complete;
        }

        @Override
        public String newId() {
            return world.newId();
        }

        @Override
        public RandomGenerator random() {
            return world.random();
        }
    }

    /** A timer that does not fire in a dead process, and later in a frozen one. */
    private final class OwnTimer implements Environment.Timer {

        private final Runnable task;
        private Environment.Timer current;

        OwnTimer(Duration delay, Runnable task) {
            this.task = task;
            this.current = world.schedule(delay, this::fire);
        }

        private void fire() {
            if (!dead && frozen()) {
                current = world.schedule(frost(), this::fire);
            } else if (!dead) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            current.cancel();
        }
    }
}
