package io.omsbatch.examples.postgres.show;

/** Draws a share of a whole. */
public final class ProgressBar {
    private static final int WIDTH = 24;

    private ProgressBar() {}

    /** A bar with its numbers. */
    public static String of(int done, int total) {
        int filled = total == 0 ? WIDTH : WIDTH * done / total;
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done + "/" + total;
    }
}
