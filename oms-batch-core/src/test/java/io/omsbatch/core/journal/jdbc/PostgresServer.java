package io.omsbatch.core.journal.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A real PostgreSQL server of one major release; the build puts the archives on the class path. It stops with the JVM. */
public final class PostgresServer {

    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on", "max_connections", "200");

    private static TestDatabase sixteen;
    private static TestDatabase eighteen;

    private PostgresServer() {}

    public static synchronized TestDatabase sixteen() {
        if (sixteen == null) {
            sixteen = started(16, DURABLE);
        }
        return sixteen;
    }

    public static synchronized TestDatabase eighteen() {
        if (eighteen == null) {
            eighteen = started(18, DURABLE);
        }
        return eighteen;
    }

    /** A durable server for one test only, which may stop it. */
    public static TestDatabase own() {
        return started(18, DURABLE);
    }

    static TestDatabase started(int major, Map<String, String> settings) {
        try {
            Path folder = Scratch.folder("oms-batch-postgres");
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setPgBinaryResolver((system, hardware) -> archive(major))
                    .setOverrideWorkingDirectory(folder.toFile())
                    .setDataDirectory(folder.resolve("data"))
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(60));
            settings.forEach(builder::setServerConfig);
            EmbeddedPostgres server = builder.start();
            Scratch.endWithJvm(server);
            return TestDatabase.of(
                    JournalDatabase.POSTGRESQL, server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        } catch (IOException broken) {
            throw new UncheckedIOException("PostgreSQL " + major + " did not start", broken);
        }
    }

    private static InputStream archive(int major) throws IOException {
        String name = "/postgres-binaries/" + major + ".jar";
        InputStream resource = PostgresServer.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IOException(
                    "no " + name + " on the class path: build this module with Maven, which puts it there");
        }
        ZipInputStream jar = new ZipInputStream(resource);
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
            if (entry.getName().endsWith(".txz")) {
                return jar;
            }
        }
        jar.close();
        throw new IOException("no PostgreSQL archive in " + name);
    }
}
