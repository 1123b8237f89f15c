package io.omsbatch.examples.benchmarks.durable.dispatch;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.examples.benchmarks.durable.store.Calls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A platform that is an array: a command makes the {@linkplain Calls call} of its item and sets the task running. */
public final class ArrayGateway implements TaskGateway {

    private static final String PLATFORM = "array";

    private final Calls calls;
    private final List<TaskRef> refs;
    private final AtomicReferenceArray<MigrationTask> tasks;

    /**
     * Creates it with a task for each item, none of them started.
     *
     * @param calls what a command does
     */
    public ArrayGateway(Calls calls) {
        this.calls = calls;
        this.refs = new ArrayList<>(calls.items());
        this.tasks = new AtomicReferenceArray<>(calls.items());
        for (int item = 0; item < calls.items(); item++) {
            TaskRef ref = new TaskRef(PLATFORM, Integer.toString(item));
            refs.add(ref);
            tasks.set(item, MigrationTask.builder(ref).build());
        }
    }

    /** Returns all tasks, in the order of their items. */
    public List<TaskRef> refs() {
        return refs;
    }

    /**
     * Returns the item of a task.
     *
     * @param task the task
     * @return the item, from 0
     */
    public static int item(TaskRef task) {
        return Integer.parseInt(task.id());
    }

    @Override
    public GatewayCapabilities capabilities() {
        return GatewayCapabilities.of().withMaximumEffectDelay(Duration.ZERO);
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> asked) {
        Map<TaskRef, MigrationTask> found = new HashMap<>(asked.size() * 2);
        for (TaskRef ref : asked) {
            found.put(ref, tasks.get(item(ref)));
        }
        return found;
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        int first = from == null ? 0 : Integer.parseInt(from);
        int end = Math.min(first + size, refs.size());
        List<MigrationTask> page = new ArrayList<>(size);
        for (int item = first; item < end; item++) {
            page.add(tasks.get(item));
        }
        return new TaskPage(page, end == refs.size() ? null : Integer.toString(end));
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        int item = item(command.task());
        calls.call(item);
        tasks.set(item, tasks.get(item).toBuilder().status(TaskStatus.RUNNING).build());
        return GatewayReply.done();
    }
}
