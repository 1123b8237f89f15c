package io.omsbatch.examples.benchmarks.fleet;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.benchmarks.frame.CallLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The platform of a fleet: reads are answered from memory, and the one command it knows is the stop of a task, which takes as
 * long as the calls of the workload take. Thread-safe.
 */
public final class FleetGateway implements TaskGateway {

    private record Shift(Fleet fleet, AtomicIntegerArray stopped, CallLog log) {}

    private volatile Shift shift;
    private volatile boolean anew;

    /**
     * Creates the platform.
     *
     * @param fleet its tasks
     * @param log makes and counts the calls
     */
    public FleetGateway(Fleet fleet, CallLog log) {
        this.shift = begin(fleet, log);
    }

    /**
     * Lets all tasks run again, for the next iteration.
     *
     * @param fleet the tasks
     * @param log makes and counts the calls
     */
    public void reset(Fleet fleet, CallLog log) {
        shift = begin(fleet, log);
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

    private static Shift begin(Fleet fleet, CallLog log) {
        return new Shift(fleet, new AtomicIntegerArray(fleet.refs().size()), log);
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
        int first = from == null ? 0 : Integer.parseInt(from);
        int end = Math.min(now.fleet.refs().size(), first + size);
        List<MigrationTask> page = new ArrayList<>(size);
        for (int number = first; number < end; number++) {
            page.add(task(now, number));
        }
        return new TaskPage(page, end == now.fleet.refs().size() ? null : Integer.toString(end));
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        Shift now = shift;
        int number = Fleet.number(command.task());
        now.log.call(number);
        now.stopped.set(number, 1);
        return GatewayReply.done();
    }

    private MigrationTask task(Shift now, int number) {
        boolean isStopped = now.stopped.get(number) == 1;
        return anew ? Fleet.anew(number, isStopped) : now.fleet.task(number, isStopped);
    }
}
