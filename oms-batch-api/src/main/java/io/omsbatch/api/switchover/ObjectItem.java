package io.omsbatch.api.switchover;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import java.util.Objects;

/**
 * One database object, or group of them, that step 7 deals with. Texts are made safe to show when they are taken in.
 * Immutable.
 *
 * @param id a stable id within the task, 1 to 200 characters
 * @param description what is to be done
 * @param state how it is going
 * @param message what happened; empty if nothing is to be said
 * @since 0.1.0
 */
public record ObjectItem(String id, String description, State state, String message) {

    /** How the processing of an object is going. */
    public enum State {
        /** Not done yet. */
        PENDING,
        /** Done. */
        DONE,
        /** Tried without success. */
        FAILED
    }

    /** Checks the id and makes the texts safe to show. */
    public ObjectItem {
        Limits.id("ObjectItem.id", id);
        Objects.requireNonNull(state, "ObjectItem.state");
        description =
                SafeText.escape(Objects.requireNonNull(description, "ObjectItem.description"), Limits.MESSAGE_LENGTH);
        message = SafeText.escape(Objects.requireNonNull(message, "ObjectItem.message"), Limits.MESSAGE_LENGTH);
    }
}
