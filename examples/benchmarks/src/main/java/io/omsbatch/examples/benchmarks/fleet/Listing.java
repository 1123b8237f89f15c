package io.omsbatch.examples.benchmarks.fleet;

import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.task.MigrationTask;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How platforms whose tasks have numbers list them. */
public final class Listing {

    private Listing() {}

    /**
     * Returns a page.
     *
     * @param from where the page before it ended, or null for the first
     * @param size how many tasks at most
     * @param tasks how many there are
     * @param task gives a task by its number
     * @return the page
     */
    public static TaskPage page(@Nullable String from, int size, int tasks, IntFunction<MigrationTask> task) {
        int first = from == null ? 0 : Integer.parseInt(from);
        int end = Math.min(first + size, tasks);
        return new TaskPage(
                IntStream.range(first, end).mapToObj(task).toList(), end == tasks ? null : Integer.toString(end));
    }
}
