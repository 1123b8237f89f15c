package io.omsbatch.examples.benchmarks.fleet;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The platform of a fleet: reads are answered from memory, and the one command it knows is the stop of a task, which takes as
 * long as the calls of the workload take. Thread-safe.
 */
public final class FleetGateway implements TaskGateway {

    private record Shift(Fleet fleet, AtomicIntegerArray stopped, IntConsumer call) {}

    private volatile Shift shift;
    private volatile boolean anew;

    /**
     * Creates the platform.
     *
     * @param fleet its tasks
     * @param call makes the call for a task, given its number
     */
    public FleetGateway(Fleet fleet, IntConsumer call) {
        this.shift = begin(fleet, call);
    }

    /**
     * Lets all tasks run again, for the next iteration.
     *
     * @param fleet the tasks
     * @param call makes the call for a task, given its number
     */
    public void reset(Fleet fleet, IntConsumer call) {
        shift = begin(fleet, call);
    }

    /**
     * Stops a task, as if somebody else had done it.
     *
     * @param number its number
     */
    public void stop(int number) {
        shift.stopped.set(number, 1);
    }

    /** Lets each read be answered with new objects, as a platform does whose answers are parsed; returns this. */
    public FleetGateway answeringAnew() {
        anew = true;
        return this;
    }

    private static Shift begin(Fleet fleet, IntConsumer call) {
        return new Shift(fleet, new AtomicIntegerArray(fleet.refs().size()), call);
    }

    @Override
    public GatewayCapabilities capabilities() {
        return GatewayCapabilities.of().withMaximumEffectDelay(Duration.ZERO);
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
        Shift now = shift;
        Map<TaskRef, MigrationTask> found = new HashMap<>(tasks.size() * 2);
        for (TaskRef ref : tasks) {
            found.put(ref, task(now, Fleet.number(ref)));
        }
        return found;
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        Shift now = shift;
        return Listing.page(from, size, now.fleet.refs().size(), number -> task(now, number));
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        Shift now = shift;
        int number = Fleet.number(command.task());
        now.call.accept(number);
        now.stopped.set(number, 1);
        return GatewayReply.done();
    }

    private MigrationTask task(Shift now, int number) {
        boolean isStopped = now.stopped.get(number) == 1;
        return anew ? Fleet.anew(number, isStopped) : now.fleet.task(number, isStopped);
    }
}
