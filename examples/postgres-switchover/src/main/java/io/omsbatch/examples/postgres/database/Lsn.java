package io.omsbatch.examples.postgres.database;

import java.util.Locale;

/**
 * A position in the write-ahead log of one server, such as {@code 0/1A2B3C4D}. Immutable; positions of different
 * servers must not be compared.
 *
 * @param value the 64 bits, unsigned
 */
public record Lsn(long value) implements Comparable<Lsn> {

    /** Reads PostgreSQL's text form. */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash > 8 || text.length() - slash - 1 > 8) {
            throw new IllegalArgumentException("'" + text + "' is not a log position such as 0/1A2B3C4D");
        }
        long high = Long.parseLong(text.substring(0, slash), 16);
        long low = Long.parseLong(text.substring(slash + 1), 16);
        return new Lsn(high << 32 | low);
    }

    /** Whether everything up to {@code other} is behind this position. */
    public boolean reached(Lsn other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toHexString(value >>> 32).toUpperCase(Locale.ROOT)
                + "/"
                + Long.toHexString(value & 0xFFFF_FFFFL).toUpperCase(Locale.ROOT);
    }
}
