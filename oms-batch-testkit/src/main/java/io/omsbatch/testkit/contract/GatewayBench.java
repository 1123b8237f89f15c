package io.omsbatch.testkit.contract;

import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * What a host lends to {@link TaskGatewayContract}: its gateway, and disposable tasks on a platform that may be simulated or
 * real, near or remote, quick or slow. Each test gets a bench of its own and closes it. Called from one thread.
 *
 * @since 0.1.0
 */
public interface GatewayBench extends AutoCloseable {

    /** Returns the gateway under test; always the same one. */
    TaskGateway gateway();

    /** Returns the clock by which the deadlines of commands are set. */
    InstantSource clock();

    /**
     * Creates a disposable task on the platform.
     *
     * @param setup how it is to be
     * @return the task, shown by a read already; or empty if the platform cannot do that, which skips the test
     */
    Optional<TaskRef> create(TaskSetup setup);

    /** Returns an identity of the gateway's platform that no task has. */
    TaskRef unknown();

    /**
     * Removes a task that {@link #create} made, whatever state it is in and whether or not it is still there. Called at the
     * end of each test.
     *
     * @param task the task
     */
    void remove(TaskRef task);

    /** Returns how long the platform may take until the wanted state is shown after a command; 30 s by default. */
    default Duration settleTime() {
        return Duration.ofSeconds(30);
    }

    /** Returns how long to wait between two looks; 100 ms by default. */
    default Duration lookEvery() {
        return Duration.ofMillis(100);
    }

    /** Returns whether the gateway may be called from several threads here; only a simulation says no. */
    default boolean concurrent() {
        return true;
    }

    /**
     * Lets time pass. By default it blocks the calling thread; a simulation lets its virtual time pass.
     *
     * @param duration how long
     */
    default void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }

    /** Releases what the bench holds. */
    @Override
    default void close() {}
}
