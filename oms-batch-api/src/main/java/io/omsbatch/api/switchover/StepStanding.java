package io.omsbatch.api.switchover;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.task.SwitchoverStep;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one step of one task stands. Immutable.
 *
 * @param step the step
 * @param state how it stands
 * @param since since when, or null for a step that is not reached
 * @param waitsFor what it waits for, escaped; empty if for nothing
 * @since 0.1.0
 */
public record StepStanding(
        SwitchoverStep step, State state, @Nullable Instant since, String waitsFor) {

    /** How a step stands. */
    public enum State {
        /** Not reached. */
        PENDING("·"),
        /** Waits for an operator's confirmation or mark. */
        GATED("?"),
        /** Waits for a free slot or for the other tasks of its lane. */
        WAITING("…"),
        /** Commanded, or about to be, and not settled. */
        RUNNING(">"),
        /** Failed; waits for retry, skip, eject, leave or abort. */
        FAILED("!"),
        /** Nobody knows what became of its command; waits for retry, skip, eject, leave or abort. */
        UNKNOWN("*"),
        /** Over. */
        DONE("+"),
        /** Passed over with a waiver. */
        SKIPPED("-"),
        /** Is being taken back, or about to be. */
        UNDOING("<"),
        /** Could not be taken back; waits for retry or leave. */
        UNDO_FAILED("x"),
        /** Was taken back. */
        UNDONE("0");

        private final String mark;

        State(String mark) {
            this.mark = mark;
        }

        /** Returns the one-character mark of the rendered board. */
        public String mark() {
            return mark;
        }
    }

    /** Checks that the parts are there, and makes the text safe to show. */
    public StepStanding {
        Objects.requireNonNull(step, "StepStanding.step");
        Objects.requireNonNull(state, "StepStanding.state");
        waitsFor = SafeText.escape(Objects.requireNonNull(waitsFor, "StepStanding.waitsFor"));
    }
}
