package io.omsbatch.examples.postgres.show;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;

/**
 * Where a run shows itself: lines that stay, and in a real terminal a part below them that is drawn again and again.
 * Elsewhere, in a log or a pipe, that part is one plain line for each change. Thread-safe.
 */
public final class Terminal {
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final PrintStream out;
    private final BufferedReader in;
    private final boolean live;
    private final boolean yes;
    private int drawn;
    private String lastPlain = "";
    private boolean muted;

    private Terminal(PrintStream out, boolean live, boolean yes) {
        this.out = out;
        this.in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        this.live = live;
        this.yes = yes;
    }

    /**
     * The terminal of this process.
     *
     * @param live whether it can be drawn on
     * @param yes whether every question is answered with yes
     */
    public static Terminal ofProcess(boolean live, boolean yes) {
        return new Terminal(System.out, live, yes);
    }

    /** Another one that only takes text, and answers every question with yes. */
    public static Terminal plain(PrintStream out) {
        return new Terminal(out, false, true);
    }

    /** Shows text that stays. */
    public synchronized void say(String text) {
        clear();
        print(text.stripTrailing());
    }

    /** Shows a headline that stays. */
    public synchronized void title(String text) {
        clear();
        print("");
        print(live ? "\u001b[1m" + text + "\u001b[0m" : "== " + text);
    }

    /**
     * Shows how something is going.
     *
     * @param plain one line that says it
     * @param drawing more lines, for a terminal that can be drawn on
     */
    public synchronized void going(String plain, List<String> drawing) {
        if (!live) {
            if (!plain.equals(lastPlain)) {
                lastPlain = plain;
                print(plain);
            }
            return;
        }
        clear();
        StringBuilder text =
                new StringBuilder(NO_WRAP).append("  ").append(plain).append('\n');
        drawing.forEach(line -> text.append(line).append('\n'));
        if (!muted) {
            out.print(text.append(WRAP));
            out.flush();
            drawn = drawing.size() + 1;
        }
    }

    /** Asks; true for yes. Where nobody answers, the answer is no. What is drawn stays while the question stands. */
    public synchronized boolean agreed(String question) {
        if (yes) {
            clear();
            print(question + " yes (--yes)");
            return true;
        }
        out.print(question + " [yes/no] ");
        out.flush();
        String answer = answer();
        drawn += drawn > 0 ? 1 : 0;
        if (drawn > 0) {
            clear();
            print(question + " " + answer);
        }
        return List.of("y", "yes").contains(answer);
    }

    private String answer() {
        try {
            String line = in.readLine();
            return line == null
                    ? "no, nobody answers here: use --yes"
                    : line.strip().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says a last word; whatever is said after it is not shown any more. */
    public synchronized void lastWord(String text) {
        clear();
        print(text);
        muted = true;
    }

    private void clear() {
        if (drawn > 0 && !muted) {
            out.print("\u001b[" + drawn + "A\u001b[J");
            drawn = 0;
        }
    }

    private void print(String text) {
        if (!muted) {
            out.println(text);
            out.flush();
        }
    }
}
