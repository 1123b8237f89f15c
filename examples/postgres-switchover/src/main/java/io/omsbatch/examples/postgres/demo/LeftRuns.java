package io.omsbatch.examples.postgres.demo;

import io.omsbatch.examples.postgres.server.LeftRun;
import io.omsbatch.examples.postgres.show.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The runs whose processes were killed, as an operator deals with them. */
public final class LeftRuns {

    private LeftRuns() {}

    /**
     * The one that is meant.
     *
     * @param folder its folder, or empty if there is only one
     * @param option what it is chosen for, for messages
     */
    public static LeftRun choose(String folder, String option) {
        List<LeftRun> all = LeftRun.all();
        List<LeftRun> meant = all.stream()
                .filter(left ->
                        folder.isEmpty() || Path.of(folder).toAbsolutePath().equals(left.folder()))
                .toList();
        if (meant.isEmpty()) {
            throw new IllegalArgumentException(option + ": there is no "
                    + (folder.isEmpty() ? "run whose process was killed" : "such run in " + folder)
                    + (all.isEmpty()
                            ? "; only one with --journal is left behind, from when its databases are there"
                            : "; there is " + folders(all)));
        }
        if (meant.size() > 1) {
            throw new IllegalArgumentException(
                    option + ": there are several runs; say which by " + option + "=FOLDER: " + folders(meant));
        }
        return meant.get(0);
    }

    /** Tells of them, and what to do about them. */
    public static void report(Terminal terminal) {
        for (LeftRun left : LeftRun.all()) {
            terminal.say("A run was killed and is left in " + left.folder() + ", with its servers and "
                    + left.note("tasks") + " databases.\n  Go on with it: --resume=" + left.folder()
                    + "\n  Or throw it away: --discard=" + left.folder());
        }
    }

    private static String folders(List<LeftRun> runs) {
        return runs.stream().map(left -> left.folder().toString()).collect(Collectors.joining(", "));
    }
}
