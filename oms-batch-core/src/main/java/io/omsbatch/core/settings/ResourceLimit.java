package io.omsbatch.core.settings;

import io.omsbatch.api.Limits;
import io.omsbatch.api.task.MigrationTask;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks that share a resource, as a source instance or a target tenant, may be commanded at once by an engine, whatever
 * their runs. A task counts from the look before its command until it is known what came of the command, which on a platform that
 * takes commands and carries them out later is longer than the call; a call that was given up counts until it returns. A task
 * that falls under several limits begins when each of them has room.
 *
 * @param resource what is shared, as an operator calls it, for example {@code source instance}; like an id
 * @param key which of these resources a task uses, or null if none: two tasks with equal keys share one. Asked of each task as it
 *     was planned, once, when its run begins or is taken over. Must be quick, thread-safe and free of effects. Tasks for which it
 *     throws share one resource, so that no limit is exceeded
 * @param tasks how many tasks at once, 1 to 10 000
 * @param rate how often commands may begin besides, or null for no limit
 * @since 0.1.0
 */
public record ResourceLimit(
        String resource,
        Function<MigrationTask, @Nullable String> key,
        int tasks,
        @Nullable Rate rate) {

    /** Checks the ranges. */
    public ResourceLimit {
        Limits.id("ResourceLimit.resource", resource);
        Objects.requireNonNull(key, "ResourceLimit.key");
        Limits.range("ResourceLimit.tasks", tasks, 1, 10_000);
    }

    /**
     * Limits how many tasks at once.
     *
     * @param resource what is shared
     * @param key which of these resources a task uses, or null if none
     * @param tasks how many tasks at once, 1 to 10 000
     * @return the limit
     */
    public static ResourceLimit of(String resource, Function<MigrationTask, @Nullable String> key, int tasks) {
        return new ResourceLimit(resource, key, tasks, null);
    }

    /**
     * Returns this limit with a rate besides.
     *
     * @param value how often commands may begin
     * @return the changed limit
     */
    public ResourceLimit withRate(Rate value) {
        return new ResourceLimit(resource, key, tasks, Objects.requireNonNull(value, "ResourceLimit.rate"));
    }

    /** Returns the limit without its function, as {@code 2 tasks at once, 5 in 1 s}. */
    @Override
    public String toString() {
        return (tasks == 1 ? "1 task" : tasks + " tasks") + " at once" + (rate == null ? "" : ", " + rate);
    }
}
