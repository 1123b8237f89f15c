package io.omsbatch.api.task;

import java.util.Locale;
import java.util.Objects;

/**
 * The status of a migration task. The value {@link #UNRECOGNIZED} stands for any string that a gateway does not know: it
 * is eligible for nothing and breaks nothing.
 *
 * @since 0.1.0
 */
public enum TaskStatus {
    /** Configured, never started. OMS: {@code INIT}. */
    NOT_STARTED,
    /** In progress, in any stage, and throughout the switchover. OMS: {@code RUNNING}, {@code RUNNING_ALARMING}. */
    RUNNING,
    /** The migration objects are being changed. OMS: {@code RUNNING_MODIFYING}. */
    MODIFYING,
    /** A changed part is being merged back. OMS: {@code RUNNING_MERGING}. */
    INTEGRATING,
    /** Stopped by hand and resumable. OMS: {@code SUSPEND}; older consoles show "Paused". */
    STOPPED,
    /** Failed; resumable after repair. OMS: {@code FAILED}. */
    FAILED,
    /** All selected stages are done. OMS: {@code FINISHED}. */
    COMPLETED,
    /** The components are being released: nothing may be done. OMS: {@code RELEASING}. */
    ENDING,
    /** Released; only the record is left. OMS: {@code RELEASED}. */
    ENDED,
    /** A status this library does not know. */
    UNRECOGNIZED;

    /**
     * Maps a status string of the OMS API or console to a status.
     *
     * @param text the string, in any case
     * @return the status, or {@link #UNRECOGNIZED} for a string that is not known
     */
    public static TaskStatus fromOms(String text) {
        return switch (Objects.requireNonNull(text, "text").trim().toUpperCase(Locale.ROOT)) {
            case "INIT", "NOT STARTED", "NOT_STARTED" -> NOT_STARTED;
            case "RUNNING", "RUNNING_ALARMING" -> RUNNING;
            case "RUNNING_MODIFYING", "MODIFYING" -> MODIFYING;
            case "RUNNING_MERGING", "INTEGRATING" -> INTEGRATING;
            case "SUSPEND", "STOPPED", "PAUSED" -> STOPPED;
            case "FAILED" -> FAILED;
            case "FINISHED", "COMPLETED" -> COMPLETED;
            case "RELEASING", "ENDING" -> ENDING;
            case "RELEASED", "ENDED" -> ENDED;
            default -> UNRECOGNIZED;
        };
    }
}
