package io.omsbatch.api.task;

import java.util.Locale;
import java.util.Objects;

/**
 * The stage a task is in, and how that stage is going. Immutable.
 *
 * @param stage the current stage
 * @param state how it is going
 * @since 0.1.0
 */
public record StageProgress(Stage stage, State state) {

    /** How a stage is going. */
    public enum State {
        /** Selected, not begun. OMS: {@code INIT}. */
        WAITING,
        /** Under way. OMS: {@code RUNNING}. */
        RUNNING,
        /** Under way and caught up; an incremental stage never finishes by itself. OMS: {@code MONITORING}. */
        MONITORING,
        /** Stopped by hand. OMS: {@code SUSPEND}. */
        SUSPENDED,
        /** Failed. OMS: {@code FAILED}. */
        FAILED,
        /** Done. OMS: {@code FINISHED}. */
        FINISHED,
        /** Passed over on request; counts as done. */
        SKIPPED,
        /** A state this library does not know. */
        UNRECOGNIZED;

        /**
         * Maps a step status of the OMS API to a state.
         *
         * @param text the string, in any case
         * @return the state, or {@link #UNRECOGNIZED} for a string that is not known
         */
        public static State fromOms(String text) {
            return switch (Objects.requireNonNull(text, "text").trim().toUpperCase(Locale.ROOT)) {
                case "INIT" -> WAITING;
                case "RUNNING" -> RUNNING;
                case "MONITORING" -> MONITORING;
                case "SUSPEND" -> SUSPENDED;
                case "FAILED" -> FAILED;
                case "FINISHED" -> FINISHED;
                case "SKIPPED" -> SKIPPED;
                default -> UNRECOGNIZED;
            };
        }
    }

    /** Checks that both parts are there. */
    public StageProgress {
        Objects.requireNonNull(stage, "StageProgress.stage");
        Objects.requireNonNull(state, "StageProgress.state");
    }

    /** Returns whether the stage is over: finished, or skipped, or (incremental sync only) caught up. */
    public boolean done() {
        return state == State.FINISHED
                || state == State.SKIPPED
                || (stage == Stage.INCREMENTAL_SYNC && state == State.MONITORING);
    }

    /** Returns {@code STAGE:STATE}. */
    @Override
    public String toString() {
        return stage + ":" + state;
    }
}
