package io.omsbatch.api.gateway;

import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The port to a migration platform: a host implements it for its own. The testkit's {@code TaskGatewayContract} proves an
 * implementation right.
 *
 * <p>All methods block until the platform has answered, are called from many threads at once, and are interrupted when they
 * take longer than the engine's call timeout; a call that ignores the interrupt keeps its slot until it returns (RUN-10).
 * They may throw {@link GatewayException}, whose kind says whether there may have been an effect. Whatever else they do
 * wrong (another exception, null, an answer for another task) harms only the tasks of that call (RUN-6), and counts as
 * ambiguous.
 *
 * @since 0.1.0
 */
public interface TaskGateway {

    /** Returns what this gateway declares about itself; constant, quick, without asking the platform. */
    GatewayCapabilities capabilities();

    /**
     * Reads tasks.
     *
     * @param tasks which tasks, 1 to the engine's page size (100 by default)
     * @return the tasks that exist, by their identity; a missing one says that the platform has no such task
     * @throws GatewayException if the tasks could not be read
     */
    Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks);

    /**
     * Lists the tasks of the platform, a page at a time, each task once.
     *
     * @param from the {@link TaskPage#next()} of the page before, or null for the first page
     * @param size how many tasks at most, 1 to the engine's page size
     * @return the page
     * @throws GatewayException if the tasks could not be listed
     */
    TaskPage list(@Nullable String from, int size);

    /**
     * Applies an operation to one task. The call should return as soon as the platform has taken the command: the engine
     * observes by {@link #read} what comes of it.
     *
     * @param command task, operation, and the key, attempt, token and deadline of this call
     * @return the platform's answer
     * @throws GatewayException if the call failed; its kind says whether it may have had its effect
     */
    GatewayReply command(TaskCommand command);
}
