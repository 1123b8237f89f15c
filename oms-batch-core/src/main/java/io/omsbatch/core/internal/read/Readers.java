package io.omsbatch.core.internal.read;

import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What can be read of tasks. A gateway may change the set that it is given, and a run goes by that set, so the gateway gets a copy. */
public final class Readers {

    private Readers() {}

    /**
     * Reads tasks.
     *
     * @param gateway where
     * @return the reader
     */
    public static PagedRead.Reader<MigrationTask> tasks(TaskGateway gateway) {
        return sights(gateway, Function.identity());
    }

    /**
     * Reads tasks, and makes something of each.
     *
     * @param gateway where
     * @param made what is made of a task
     * @param <T> what is made of them
     * @return the reader
     */
    public static <T> PagedRead.Reader<T> sights(TaskGateway gateway, Function<MigrationTask, T> made) {
        return tasks -> Looked.sort(gateway.read(copy(tasks)), tasks, MigrationTask::ref, made);
    }

    /**
     * Observes tasks in their switchover.
     *
     * @param gateway where
     * @return the reader
     */
    public static PagedRead.Reader<SwitchoverSnapshot> snapshots(SwitchoverGateway gateway) {
        return tasks -> Looked.sort(gateway.observe(copy(tasks)), tasks, snapshot -> null, Function.identity());
    }

    /**
     * Makes the prechecks of tasks, where that has no effect.
     *
     * @param gateway where
     * @return the reader
     */
    public static PagedRead.Reader<List<PrecheckItem>> prechecks(SwitchoverGateway gateway) {
        return tasks -> Looked.sort(gateway.precheck(copy(tasks)), tasks, items -> null, Function.identity());
    }

    private static Set<TaskRef> copy(Set<TaskRef> tasks) {
        return new LinkedHashSet<>(tasks);
    }
}
