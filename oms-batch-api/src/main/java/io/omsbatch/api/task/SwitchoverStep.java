package io.omsbatch.api.task;

import io.omsbatch.api.task.MigrationType.Part;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The eight steps of a switchover, in order, as they are called in the forward direction; in a switch back source and target change
 * places ({@link SwitchoverDirection}). Which of them a task has follows from its {@link MigrationType#switchoverSteps()}; how the
 * engine drives each step is the engine's step table.
 *
 * @since 0.1.0
 */
public enum SwitchoverStep {
    /** Step 1, operator: declares that the cutover begins; stops nothing. */
    START_FORWARD_SWITCHOVER(1, "start forward switchover", null),
    /** Step 2, automatic: checks whether the task is ready. */
    SWITCHOVER_PRECHECK(2, "switchover precheck", null),
    /** Step 3, automatic: starts pulling increments from the target. */
    START_TARGET_STORE(3, "start target store", Part.REVERSE_INCREMENT),
    /** Step 4, operator: asserts that the application no longer writes to the source. */
    CONFIRM_WRITES_STOPPED(4, "confirm writing stopped at source", Part.INCREMENTAL),
    /** Step 5, automatic: waits until the target has applied everything up to the write stop. */
    CONFIRM_SYNC_TIMESTAMP(5, "confirm sync timestamp", Part.INCREMENTAL),
    /** Step 6, automatic: stops source-to-target sync. */
    STOP_FORWARD_SYNC(6, "stop forward sync", Part.INCREMENTAL),
    /** Step 7, operator: indexes, constraints, triggers, sequences; a barrier over all tasks of the lane. */
    PROCESS_DATABASE_OBJECTS(7, "process database objects", null),
    /** Step 8, operator: starts target-to-source sync. */
    START_REVERSE_INCREMENT(8, "start reverse increment", Part.REVERSE_INCREMENT),
    /** A step this library does not know. */
    UNRECOGNIZED(9, "unrecognized step", null);

    private static final List<SwitchoverStep> IN_ORDER =
            Arrays.stream(values()).filter(step -> step != UNRECOGNIZED).toList();

    private final int number;
    private final String title;
    private final @Nullable Part requires;

    SwitchoverStep(int number, String title, @Nullable Part requires) {
        this.number = number;
        this.title = title;
        this.requires = requires;
    }

    /** Returns the eight steps in order, without {@link #UNRECOGNIZED}. */
    public static List<SwitchoverStep> inOrder() {
        return IN_ORDER;
    }

    /** Returns the step's number in the full procedure, 1 to 8; 9 for {@link #UNRECOGNIZED}. */
    public int number() {
        return number;
    }

    /** Returns the step's name as an operator reads it, in the forward direction. */
    public String title() {
        return title;
    }

    /**
     * Returns the step's name as an operator reads it.
     *
     * @param direction which way the switchover goes
     * @return the name
     */
    public String title(SwitchoverDirection direction) {
        return Objects.requireNonNull(direction, "direction").mirror(title);
    }

    /**
     * Returns the part a migration type must have for this step to be present in the forward direction, or null if it is always
     * present.
     */
    public @Nullable Part requires() {
        return requires;
    }

    /**
     * Returns the part a migration type must have for this step to be present, or null if it is always present.
     *
     * @param direction which way the switchover goes
     * @return the part
     */
    public @Nullable Part requires(SwitchoverDirection direction) {
        Objects.requireNonNull(direction, "direction");
        if (requires == null || direction == SwitchoverDirection.FORWARD) {
            return requires;
        }
        return requires == direction.following() ? direction.leading() : direction.following();
    }
}
