package io.omsbatch.testkit.history;

import java.util.Objects;

/**
 * Something that happened beside the calls and the facts. Immutable.
 *
 * @param moment when
 * @param text what
 * @since 0.1.0
 */
public record Remark(Moment moment, String text) {

    /** Checks that the parts are there. */
    public Remark {
        Objects.requireNonNull(moment, "Remark.moment");
        Objects.requireNonNull(text, "Remark.text");
    }
}
