package io.omsbatch.examples.benchmarks.durable.recovery;

import io.omsbatch.examples.benchmarks.durable.store.Database;
import io.omsbatch.examples.benchmarks.durable.store.JournalRows;
import io.omsbatch.examples.benchmarks.durable.store.Place;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Prepares runs whose process was killed half-way, each in a database that nobody else has open. */
final class DeadRuns implements Subject {

    /** Does what is measured with a dead run. */
    @FunctionalInterface
    interface After {
        Iteration of(Database database, FilePlatform platform, int items);
    }

    private final Database.Kind kind;
    private final After after;
    private final Path folder;
    private final @Nullable Database server;
    private int runs;

    /** Opens it; a server runs for as long as this is open. */
    DeadRuns(Database.Kind kind, After after) throws IOException {
        this.kind = kind;
        this.after = after;
        this.folder = Files.createTempDirectory("oms-batch-benchmark");
        this.server = kind == Database.Kind.POSTGRESQL ? Database.start(kind, folder) : null;
    }

    @Override
    public Iteration prepare(int items) throws Exception {
        runs++;
        if (server != null) {
            new JournalRows(server).empty();
        }
        String url = server != null ? server.url() : Database.fileUrl(folder.resolve("h2-" + runs));
        Path file = folder.resolve("platform-" + runs);
        Victim.die(kind, url, file, items);
        FilePlatform platform = new FilePlatform(file, items);
        return after.of(Database.at(kind, url), platform, items);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        Place.delete(folder);
    }
}
