package io.omsbatch.examples.benchmarks.durable.store;

import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Gives each contender a database of its own, in a folder of its own, for as long as it is open. */
public final class Place {

    /** Opens a contender over its database. */
    @FunctionalInterface
    public interface Over {

        /**
         * Opens it.
         *
         * @param database its database, which is closed after it
         * @return the opened contender
         * @throws Exception if it cannot be opened
         */
        Subject open(Database database) throws Exception;
    }

    private Place() {}

    /**
     * Returns how a contender is opened over a new database.
     *
     * @param kind of which kind
     * @param contender the contender
     * @return how it is opened
     */
    public static Contender.Opening on(Database.Kind kind, Over contender) {
        return () -> {
            Path folder = Files.createTempDirectory("oms-batch-benchmark");
            Database database = Database.start(kind, folder);
            try {
                return new Placed(contender.open(database), database, folder);
            } catch (Exception | Error broken) {
                database.close();
                delete(folder);
                throw broken;
            }
        };
    }

    private record Placed(Subject contender, Database database, Path folder) implements Subject {

        @Override
        public Iteration prepare(int items) throws Exception {
            return contender.prepare(items);
        }

        @Override
        public void close() {
            contender.close();
            database.close();
            delete(folder);
        }
    }

    /**
     * Deletes a folder with all that is in it.
     *
     * @param folder which
     */
    public static void delete(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("could not delete " + folder, broken);
        }
    }
}
