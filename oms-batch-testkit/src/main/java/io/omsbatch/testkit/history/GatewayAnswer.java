package io.omsbatch.testkit.history;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a call of a gateway ended. Immutable.
 *
 * @param kind how
 * @param text what it said, escaped; empty if nothing
 * @param tasks what a read showed
 * @param snapshots what an observation showed
 * @since 0.1.0
 */
public record GatewayAnswer(
        Kind kind, String text, Map<TaskRef, MigrationTask> tasks, Map<TaskRef, SwitchoverSnapshot> snapshots) {

    /** How a call can end. */
    public enum Kind {
        /** It has not ended. */
        PENDING,
        /** It showed tasks or snapshots. */
        SHOWN,
        /** It replied that the effect is there. */
        DONE,
        /** It replied that the platform works on it. */
        ACCEPTED,
        /** It replied that the platform refuses. */
        REFUSED,
        /** It threw that the platform said no. */
        REJECTED,
        /** It threw that there was no effect. */
        TRANSIENT,
        /** It threw that nobody knows of an effect. */
        AMBIGUOUS,
        /** It broke the contract of the port: another exception, or null. */
        BROKEN;

        /** Returns whether the effect is unknown to whoever called. */
        public boolean leavesDoubt() {
            return this == PENDING || this == AMBIGUOUS || this == BROKEN;
        }
    }

    /** Copies the maps, keeping their order, and escapes the text. */
    public GatewayAnswer {
        Objects.requireNonNull(kind, "GatewayAnswer.kind");
        text = SafeText.escape(text, 300);
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        snapshots = Collections.unmodifiableMap(new LinkedHashMap<>(snapshots));
    }

    /**
     * Returns an answer that shows nothing.
     *
     * @param kind how the call ended
     * @param text what it said
     * @return the answer
     */
    public static GatewayAnswer of(Kind kind, String text) {
        return new GatewayAnswer(kind, text, Map.of(), Map.of());
    }

    /**
     * Returns the answer of a read.
     *
     * @param tasks what it showed
     * @return the answer
     */
    public static GatewayAnswer tasks(Map<TaskRef, MigrationTask> tasks) {
        return new GatewayAnswer(Kind.SHOWN, "", tasks, Map.of());
    }

    /**
     * Returns the answer of an observation.
     *
     * @param snapshots what it showed
     * @return the answer
     */
    public static GatewayAnswer snapshots(Map<TaskRef, SwitchoverSnapshot> snapshots) {
        return new GatewayAnswer(Kind.SHOWN, "", Map.of(), snapshots);
    }
}
