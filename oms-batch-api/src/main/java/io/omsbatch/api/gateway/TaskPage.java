package io.omsbatch.api.gateway;

import io.omsbatch.api.task.MigrationTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of all tasks of a platform. Immutable.
 *
 * @param tasks the tasks of this page; may be empty
 * @param next what to ask the next page with, or null if this is the last
 * @since 0.1.0
 */
public record TaskPage(List<MigrationTask> tasks, @Nullable String next) {

    /** Copies the tasks. */
    public TaskPage {
        tasks = List.copyOf(tasks);
    }
}
