package io.omsbatch.api.task;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import java.util.Objects;

/**
 * The identity of a migration task: the platform that runs it and its id there. Two platforms may share a journal, so an
 * id alone is not enough. Immutable.
 *
 * @param platform the platform's id, 1 to 200 characters, not blank, without control characters
 * @param id the task's id on that platform, 1 to 200 characters, not blank, without control characters
 * @since 0.1.0
 */
public record TaskRef(String platform, String id) implements Comparable<TaskRef> {

    /**
     * Checks both parts.
     *
     * @throws io.omsbatch.api.InvalidInputException if a part breaks its limit
     */
    public TaskRef {
        Limits.name("TaskRef.platform", platform);
        Limits.name("TaskRef.id", id);
    }

    @Override
    public int compareTo(TaskRef other) {
        int byPlatform = platform.compareTo(Objects.requireNonNull(other, "other").platform);
        return byPlatform != 0 ? byPlatform : id.compareTo(other.id);
    }

    /** Returns {@code platform/id}, escaped. */
    @Override
    public String toString() {
        return SafeText.escape(platform + "/" + id);
    }
}
