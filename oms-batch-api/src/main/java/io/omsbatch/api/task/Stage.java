package io.omsbatch.api.task;

import java.util.Locale;
import java.util.Objects;

/**
 * The stages of a migration task, in the order in which they come. Which of them a task has follows from its
 * {@link MigrationType}.
 *
 * @since 0.1.0
 */
public enum Stage {
    /** Checks before anything is moved. OMS: {@code TRANSFER_PRECHECK}. */
    PRECHECK,
    /** Tables and indexes. OMS: {@code STRUCT_TRANSFER}, {@code INDEX_TRANSFER}. */
    SCHEMA_MIGRATION,
    /** Existing rows. OMS: {@code FULL_TRANSFER}. */
    FULL_MIGRATION,
    /** Changes since, for as long as the task lives. OMS: {@code TRANSFER_INCR_LOG_PULL}, {@code INCR_TRANSFER}. */
    INCREMENTAL_SYNC,
    /** Comparison of all rows. OMS: {@code FULL_VERIFIER}. */
    FULL_VERIFICATION,
    /** The ordered cutover. OMS: {@code TRANSFER_APP_SWITCH}. */
    FORWARD_SWITCHOVER,
    /** Changes from the target back to the source. OMS: {@code REVERSE_INCR_TRANSFER}. */
    REVERSE_INCREMENT,
    /** The ordered way back of the application to the source, after a forward switchover. OMS has none. */
    SWITCH_BACK,
    /** A stage this library does not know. */
    UNRECOGNIZED;

    /**
     * Maps a step name of the OMS API to a stage.
     *
     * @param text the string, in any case
     * @return the stage, or {@link #UNRECOGNIZED} for a string that is not known
     */
    public static Stage fromOms(String text) {
        return switch (Objects.requireNonNull(text, "text").trim().toUpperCase(Locale.ROOT)) {
            case "TRANSFER_PRECHECK" -> PRECHECK;
            case "STRUCT_TRANSFER", "INDEX_TRANSFER" -> SCHEMA_MIGRATION;
            case "FULL_TRANSFER" -> FULL_MIGRATION;
            case "TRANSFER_INCR_LOG_PULL", "INCR_TRANSFER" -> INCREMENTAL_SYNC;
            case "FULL_VERIFIER" -> FULL_VERIFICATION;
            case "TRANSFER_APP_SWITCH" -> FORWARD_SWITCHOVER;
            case "REVERSE_INCR_TRANSFER" -> REVERSE_INCREMENT;
            default -> UNRECOGNIZED;
        };
    }
}
