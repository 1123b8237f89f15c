package io.omsbatch.api.gateway;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
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

    /**
     * Checks and copies the tasks.
     *
     * @throws io.omsbatch.api.InvalidInputException if one of them is null
     */
    public TaskPage {
        Limits.tasks("TaskPage.tasks", tasks);
        tasks = List.copyOf(tasks);
    }

    /** Returns how many tasks, and the escaped cursor of the next page. */
    @Override
    public String toString() {
        return tasks.size() + " tasks, " + (next == null ? "the last page" : "next " + SafeText.escape(next));
    }
}
