package io.omsbatch.examples.postgres.task;

import io.omsbatch.examples.postgres.replication.Direction;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps of a switchover, in order, as they are called when it goes forward. */
public enum Step {
    /** Declare that it begins. */
    START,
    /** Look whether the task is ready. */
    PRECHECK,
    /** Reserve the target's changes. */
    TARGET_STORE(Part.REVERSE),
    /** Stop the writing on the source. */
    WRITES_STOPPED(Part.INCREMENTAL),
    /** See that the target has everything. */
    CAUGHT_UP(Part.INCREMENTAL),
    /** Stop the link to the target. */
    FORWARD_STOPPED(Part.INCREMENTAL),
    /** Sequences, foreign keys, triggers. */
    OBJECTS,
    /** Start the link back. */
    REVERSE_STARTED(Part.REVERSE);

    private final @Nullable Part needs;

    Step() {
        this(null);
    }

    Step(@Nullable Part needs) {
        this.needs = needs;
    }

    /** The step after this one for a task of these parts whose rows have flowed in a direction until now. */
    public Optional<Step> next(Set<Part> parts, Direction leading) {
        return Arrays.stream(values())
                .filter(step -> step.compareTo(this) > 0)
                .filter(step -> step.needs == null || parts.contains(needed(step.needs, leading)))
                .findFirst();
    }

    private static Part needed(Part forward, Direction leading) {
        if (leading == Direction.FORWARD) {
            return forward;
        }
        return forward == Part.REVERSE ? Part.INCREMENTAL : Part.REVERSE;
    }
}
