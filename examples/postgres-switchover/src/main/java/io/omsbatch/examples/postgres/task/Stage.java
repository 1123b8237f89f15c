package io.omsbatch.examples.postgres.task;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where on its way a task is. */
public enum Stage {
    /** Looking for what would stop it. */
    PRECHECK(null),
    /** Creating tables. */
    SCHEMA(Part.SCHEMA),
    /** Copying rows. */
    FULL(Part.FULL),
    /** Following changes. */
    INCREMENTAL(Part.INCREMENTAL),
    /** Comparing rows. */
    VERIFICATION(Part.VERIFICATION),
    /** In the forward switchover. */
    SWITCHOVER(null),
    /** Changes flow back. */
    REVERSE(Part.REVERSE),
    /** In the switch back. */
    SWITCH_BACK(null);

    private final @Nullable Part part;

    Stage(@Nullable Part part) {
        this.part = part;
    }

    /** The stage after this one in which a task of these parts works by itself; empty before the switchover. */
    public Optional<Stage> next(Set<Part> parts) {
        return Arrays.stream(values())
                .filter(stage -> stage.compareTo(this) > 0 && stage.compareTo(SWITCHOVER) < 0)
                .filter(stage -> stage.part != null && parts.contains(stage.part))
                .findFirst();
    }
}
