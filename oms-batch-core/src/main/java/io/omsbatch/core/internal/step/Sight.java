package io.omsbatch.core.internal.step;

import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a task that is there.
 *
 * @param task the task, or null if only its switchover was looked at
 * @param snapshot its switchover, or null if it is not in one or that was not looked at
 */
public record Sight(@Nullable MigrationTask task, @Nullable SwitchoverSnapshot snapshot) {}
