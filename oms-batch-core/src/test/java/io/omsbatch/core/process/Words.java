package io.omsbatch.core.process;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a replica in a process of its own says, a line each; a line that its death cut off is none. */
final class Words {

    private static final String BEGIN = "|\t";
    private static final String END = "\t|";

    /** Says something to whoever wants to know. */
    interface Voice {
        void say(String... words);
    }

    private Words() {}

    /** Says a line; whoever reads it knows that what it says had happened. */
    static void say(PrintStream out, String... words) {
        String line = BEGIN + String.join("\t", words).replace('\n', ' ') + END + "\n";
        synchronized (Words.class) {
            out.print(line);
            out.flush();
        }
    }

    /** Returns the words of a line, or nothing if it is something else, such as a line of the log. */
    static Optional<List<String>> heard(String line) {
        return line.startsWith(BEGIN) && line.endsWith(END) && line.length() >= BEGIN.length() + END.length()
                ? Optional.of(Arrays.asList(line.substring(BEGIN.length(), line.length() - END.length())
                        .split("\t", -1)))
                : Optional.empty();
    }
}
