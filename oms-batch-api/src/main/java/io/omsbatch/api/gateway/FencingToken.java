package io.omsbatch.api.gateway;

import io.omsbatch.api.Limits;
import java.util.Objects;

/**
 * A number that rises with each owner of a run (DUR-2). A gateway that fences remembers the highest it has seen for a run
 * and refuses commands with a lower one. Immutable.
 *
 * @param value 1 or more
 * @since 0.1.0
 */
public record FencingToken(long value) implements Comparable<FencingToken> {

    /** Checks the number. */
    public FencingToken {
        Limits.range("FencingToken.value", value, 1, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(FencingToken other) {
        return Long.compare(value, Objects.requireNonNull(other, "other").value);
    }

    /** Returns the number. */
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
