package io.omsbatch.examples.postgres.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which database is broken on purpose, and how. Immutable.
 *
 * @param database its name
 * @param kind how
 */
public record Breakage(String database, Kind kind) {

    /** What can be broken. */
    public enum Kind {
        /** A table without a key, which cannot be replicated: found when the task starts. */
        TABLE_WITHOUT_KEY,
        /** A writing transaction that nobody ends: found by the switchover's precheck. */
        OPEN_TRANSACTION,
        /** The same, begun by a superuser just before the writing is stopped, whom no door keeps out. */
        LONG_TRANSACTION;

        /** As it is written on the command line. */
        String option() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return database + ":" + kind.option();
    }

    /** Reads {@code DATABASE} or {@code DATABASE:KIND}. */
    public static Breakage parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Breakage(text, Kind.TABLE_WITHOUT_KEY);
        }
        String wanted = text.substring(colon + 1);
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.option().equals(wanted))
                .findFirst()
                .map(kind -> new Breakage(text.substring(0, colon), kind))
                .orElseThrow(() -> new IllegalArgumentException("'" + wanted + "' is not one of "
                        + Arrays.stream(Kind.values()).map(Kind::option).collect(Collectors.joining(", "))));
    }
}
