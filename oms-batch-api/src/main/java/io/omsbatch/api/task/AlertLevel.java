package io.omsbatch.api.task;

import java.util.Locale;
import java.util.Objects;

/**
 * The alert level of a task. The thresholds behind a level are the platform's.
 *
 * @since 0.1.0
 */
public enum AlertLevel {
    /** No Protection. OMS: {@code IGNORE}. */
    NO_PROTECTION("No Protection"),
    /** Low Protection. OMS: {@code LOW}. */
    LOW("Low Protection"),
    /** Medium Protection. OMS: {@code MEDIUM}. */
    MEDIUM("Medium Protection"),
    /** High Protection. OMS: {@code HIGH}. */
    HIGH("High Protection"),
    /** A level this library does not know; it cannot be asked for. */
    UNRECOGNIZED("unrecognized alert level");

    private final String title;

    AlertLevel(String title) {
        this.title = title;
    }

    /** Returns the level's name as an operator reads it. */
    public String title() {
        return title;
    }

    /**
     * Maps an alert level string of the OMS API to a level.
     *
     * @param text the string, in any case
     * @return the level, or {@link #UNRECOGNIZED} for a string that is not known
     */
    public static AlertLevel fromOms(String text) {
        return switch (Objects.requireNonNull(text, "text").trim().toUpperCase(Locale.ROOT)) {
            case "IGNORE" -> NO_PROTECTION;
            case "LOW" -> LOW;
            case "MEDIUM" -> MEDIUM;
            case "HIGH" -> HIGH;
            default -> UNRECOGNIZED;
        };
    }
}
