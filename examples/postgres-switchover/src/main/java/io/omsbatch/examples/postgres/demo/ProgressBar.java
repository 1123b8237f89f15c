package io.omsbatch.examples.postgres.demo;

/** Draws a share of a whole. */
final class ProgressBar {
    private static final int WIDTH = 24;

    private ProgressBar() {}

    static String of(int done, int total) {
        int filled = total == 0 ? WIDTH : WIDTH * done / total;
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done + "/" + total;
    }
}
