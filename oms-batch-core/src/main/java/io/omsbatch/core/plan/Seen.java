package io.omsbatch.core.plan;

import io.omsbatch.api.eligibility.DenialCode;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.task.MigrationTask;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a selected task when its plan is made. Immutable.
 *
 * @param task the task as it was read, or null if there is none or it was not read
 * @param denied whether the actor may not do this
 * @param unreadable why it could not be read, or null
 * @since 0.1.0
 */
public record Seen(
        @Nullable MigrationTask task,
        boolean denied,
        @Nullable Reason unreadable) {

    private static final Seen DENIED = new Seen(null, true, null);
    private static final Seen ABSENT = new Seen(null, false, null);

    /**
     * Returns that the task was read.
     *
     * @param task the task
     * @return what is known
     */
    public static Seen task(MigrationTask task) {
        return new Seen(Objects.requireNonNull(task, "task"), false, null);
    }

    /** Returns that the actor may not do this. */
    public static Seen ofDenied() {
        return DENIED;
    }

    /** Returns that the platform has no such task. */
    public static Seen absent() {
        return ABSENT;
    }

    /**
     * Returns that the task could not be read.
     *
     * @param why why not
     * @return what is known
     */
    public static Seen unreadable(String why) {
        return new Seen(null, false, new Reason(DenialCode.UNREADABLE.name(), Objects.requireNonNull(why, "why")));
    }
}
