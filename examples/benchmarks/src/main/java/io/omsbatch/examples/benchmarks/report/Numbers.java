package io.omsbatch.examples.benchmarks.report;

import java.util.Locale;

/** Writes numbers as people read them: with three digits that count. */
final class Numbers {

    private Numbers() {}

    /** Writes a value, large ones as {@code 12.3k} and {@code 1.23M}. */
    static String of(double value) {
        double size = Math.abs(value);
        if (size >= 1e9) {
            return digits(value / 1e9) + "G";
        }
        if (size >= 1e6) {
            return digits(value / 1e6) + "M";
        }
        return size >= 1e4 ? digits(value / 1e3) + "k" : digits(value);
    }

    /** Writes a ratio, as {@code 0.527x}. */
    static String ratio(double value) {
        return digits(value) + "x";
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
