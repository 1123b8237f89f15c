package io.omsbatch.examples.postgres.server;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The notes in a run's folder, by which another process can go on. They are there as a whole or not at all. */
final class RunNotes {
    private static final String NAME = "run.properties";

    private RunNotes() {}

    static boolean areIn(Path folder) {
        return Files.exists(folder.resolve(NAME));
    }

    static void write(Path folder, Map<String, String> notes) {
        Properties properties = new Properties();
        properties.putAll(notes);
        Path unnamed = folder.resolve(NAME + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(unnamed)) {
                properties.store(writer, "What --resume needs");
            }
            Files.move(unnamed, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("could not write the notes in " + folder, e);
        }
    }

    static Map<String, String> read(Path folder) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve(NAME))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read the notes in " + folder, e);
        }
        Map<String, String> notes = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> notes.put(name, properties.getProperty(name)));
        return notes;
    }
}
