package io.omsbatch.examples.postgres.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A run whose process was killed, and whose servers and notes are there for another process to go on with. Immutable. */
public final class LeftRun {
    private final Path folder;
    private final Map<String, String> notes;

    LeftRun(Path folder, Map<String, String> notes) {
        this.folder = folder;
        this.notes = Map.copyOf(notes);
    }

    /** Every one that this user left, oldest first; those that go on, here or elsewhere, are not among them. */
    public static List<LeftRun> all() {
        return RunFolder.left();
    }

    /** The folder that holds everything of it. */
    public Path folder() {
        return folder;
    }

    /** What its process noted under a name. */
    public String note(String name) {
        String note = notes.get(name);
        if (note == null) {
            throw new IllegalStateException(
                    "the notes in " + folder + " lack " + name + "; another version wrote them");
        }
        return note;
    }

    /** What its process noted as a number. */
    public int number(String name) {
        return Integer.parseInt(note(name));
    }

    /** Ends its servers and removes its folder. */
    public void discard() {
        RunFolder.adopt(folder).removeWithServers();
    }
}
