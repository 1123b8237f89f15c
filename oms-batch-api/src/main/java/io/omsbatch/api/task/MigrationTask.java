package io.omsbatch.api.task;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A migration task as it was read at one moment. Immutable; two snapshots are equal when all their parts are.
 *
 * @since 0.1.0
 */
public final class MigrationTask {

    private final TaskRef ref;
    private final String name;
    private final TaskStatus status;
    private final MigrationType type;
    private final StageProgress stage;
    private final @Nullable SwitchoverProgress switchover;
    private final AlertLevel alertLevel;
    private final @Nullable Instant latestTimestamp;
    private final Set<String> tags;
    private final @Nullable Revision platformRevision;

    private MigrationTask(Builder from) {
        this.ref = from.ref;
        this.name = from.name;
        this.status = from.status;
        this.type = from.type;
        this.stage = from.stage;
        this.switchover = from.switchover;
        this.alertLevel = from.alertLevel;
        this.latestTimestamp = from.latestTimestamp;
        this.tags = from.tags;
        this.platformRevision = from.revision;
    }

    /**
     * Begins a task that is NOT_STARTED, of the complete type, waiting for its precheck, without protection.
     *
     * @param ref the task's identity; its id is the name until one is set
     * @return a builder; not thread-safe
     */
    public static Builder builder(TaskRef ref) {
        return new Builder(ref);
    }

    /** Returns a builder holding all parts of this task. */
    public Builder toBuilder() {
        Builder copy = new Builder(ref);
        copy.name = name;
        copy.status = status;
        copy.type = type;
        copy.stage = stage;
        copy.switchover = switchover;
        copy.alertLevel = alertLevel;
        copy.latestTimestamp = latestTimestamp;
        copy.tags = tags;
        copy.revision = platformRevision;
        return copy;
    }

    /** Returns the task's identity. */
    public TaskRef ref() {
        return ref;
    }

    /** Returns the name as the platform sent it, shortened to 256 characters; escape it before showing it. */
    public String name() {
        return name;
    }

    /** Returns the status. */
    public TaskStatus status() {
        return status;
    }

    /** Returns what the task was configured with. */
    public MigrationType type() {
        return type;
    }

    /** Returns the current stage. */
    public StageProgress stage() {
        return stage;
    }

    /** Returns where the task stands in the forward switchover, or null if it has not entered it. */
    public @Nullable SwitchoverProgress switchover() {
        return switchover;
    }

    /** Returns the alert level. */
    public AlertLevel alertLevel() {
        return alertLevel;
    }

    /** Returns the incremental sync position as a time, or null for a task that has none. */
    public @Nullable Instant latestTimestamp() {
        return latestTimestamp;
    }

    /** Returns the tags, an unmodifiable set. */
    public Set<String> tags() {
        return tags;
    }

    /**
     * Returns the platform's revision or, where it has none, one derived from status, stage, step, type and alert level.
     */
    public Revision revision() {
        return platformRevision != null ? platformRevision : derivedRevision();
    }

    private Revision derivedRevision() {
        return new Revision(
                status + "/" + stage + "/" + (switchover == null ? "-" : switchover) + "/" + type + "/" + alertLevel);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MigrationTask task
                && ref.equals(task.ref)
                && name.equals(task.name)
                && status == task.status
                && type.equals(task.type)
                && stage.equals(task.stage)
                && Objects.equals(switchover, task.switchover)
                && alertLevel == task.alertLevel
                && Objects.equals(latestTimestamp, task.latestTimestamp)
                && tags.equals(task.tags)
                && Objects.equals(platformRevision, task.platformRevision);
    }

    @Override
    public int hashCode() {
        return Objects.hash(ref, status, stage, switchover, alertLevel, latestTimestamp);
    }

    /** Returns identity, name, status, stage and step in one escaped line. */
    @Override
    public String toString() {
        return ref + " \"" + SafeText.escape(name) + "\" " + status + " " + stage
                + (switchover == null ? "" : " " + switchover);
    }

    /** Collects the parts of a task. Not thread-safe. */
    public static final class Builder {

        private final TaskRef ref;
        private String name;
        private TaskStatus status = TaskStatus.NOT_STARTED;
        private MigrationType type = MigrationType.complete();
        private StageProgress stage = new StageProgress(Stage.PRECHECK, StageProgress.State.WAITING);
        private @Nullable SwitchoverProgress switchover;
        private AlertLevel alertLevel = AlertLevel.NO_PROTECTION;
        private @Nullable Instant latestTimestamp;
        private Set<String> tags = Set.of();
        private @Nullable Revision revision;

        private Builder(TaskRef ref) {
            this.ref = Objects.requireNonNull(ref, "MigrationTask.ref");
            this.name = ref.id();
        }

        /**
         * Sets the name.
         *
         * @param value any text; beyond 256 characters it is shortened
         * @return this
         */
        public Builder name(String value) {
            name = SafeText.shorten(Objects.requireNonNull(value, "MigrationTask.name"), Limits.NAME_LENGTH);
            return this;
        }

        /**
         * Sets the status.
         *
         * @param value the status
         * @return this
         */
        public Builder status(TaskStatus value) {
            status = Objects.requireNonNull(value, "MigrationTask.status");
            return this;
        }

        /**
         * Sets what the task was configured with.
         *
         * @param value the type
         * @return this
         */
        public Builder type(MigrationType value) {
            type = Objects.requireNonNull(value, "MigrationTask.type");
            return this;
        }

        /**
         * Sets the current stage.
         *
         * @param value the stage
         * @param state how it is going
         * @return this
         */
        public Builder stage(Stage value, StageProgress.State state) {
            stage = new StageProgress(value, state);
            return this;
        }

        /**
         * Sets where the task stands in the forward switchover.
         *
         * @param value the step and its state, or null if it has not entered
         * @return this
         */
        public Builder switchover(@Nullable SwitchoverProgress value) {
            switchover = value;
            return this;
        }

        /**
         * Sets the alert level.
         *
         * @param value the level
         * @return this
         */
        public Builder alertLevel(AlertLevel value) {
            alertLevel = Objects.requireNonNull(value, "MigrationTask.alertLevel");
            return this;
        }

        /**
         * Sets the incremental sync position as a time.
         *
         * @param value the time, or null for a task that has none
         * @return this
         */
        public Builder latestTimestamp(@Nullable Instant value) {
            latestTimestamp = value;
            return this;
        }

        /**
         * Sets the tags.
         *
         * @param value at most 32 tags of 1 to 200 characters
         * @return this
         * @throws InvalidInputException if there are too many, or one breaks its limit
         */
        public Builder tags(Set<String> value) {
            Objects.requireNonNull(value, "MigrationTask.tags");
            if (value.size() > Limits.TAGS) {
                throw new InvalidInputException(
                        "MigrationTask.tags", "has " + value.size() + " tags; at most " + Limits.TAGS + " are allowed");
            }
            value.forEach(tag -> Limits.id("MigrationTask.tags", tag));
            tags = Set.copyOf(value);
            return this;
        }

        /**
         * Sets the platform's own revision.
         *
         * @param value the revision, or null to derive one
         * @return this
         */
        public Builder revision(@Nullable Revision value) {
            revision = value;
            return this;
        }

        /** Returns the task. */
        public MigrationTask build() {
            return new MigrationTask(this);
        }
    }
}
