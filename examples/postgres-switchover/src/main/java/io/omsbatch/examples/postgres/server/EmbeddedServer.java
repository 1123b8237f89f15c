package io.omsbatch.examples.postgres.server;

import io.omsbatch.examples.postgres.database.ServerAddress;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.problem.Problem;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One real PostgreSQL server, started from its archive, without installation. */
final class EmbeddedServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int LOG_LINES = 12;

    private final Postmaster postmaster;
    private final ServerAddress address;

    private EmbeddedServer(Postmaster postmaster, ServerAddress address) {
        this.postmaster = postmaster;
        this.address = address;
    }

    /** A new one, without anything in it. */
    static EmbeddedServer start(String name, PostgresVersion version, Map<String, String> settings, RunFolder folder) {
        return launch(name, version, settings, folder, builder -> builder.setCleanDataDirectory(true));
    }

    /**
     * One that another process has started: as it goes on by itself, or started again on the same data. The other server's
     * subscriptions know its port, so that it stays the same.
     */
    static EmbeddedServer again(
            String name, PostgresVersion version, Map<String, String> settings, RunFolder folder, int port) {
        Optional<Postmaster> postmaster = Postmaster.in(folder.resolve(name));
        if (postmaster.isPresent()) {
            return new EmbeddedServer(postmaster.get(), address(name, port));
        }
        Postmaster.awaitRoom(folder.resolve(name));
        return launch(
                name,
                version,
                settings,
                folder,
                builder -> builder.setCleanDataDirectory(false).setPort(port));
    }

    private static EmbeddedServer launch(
            String name,
            PostgresVersion version,
            Map<String, String> settings,
            RunFolder folder,
            UnaryOperator<EmbeddedPostgres.Builder> kind) {
        Path data = folder.resolve(name);
        Path log = folder.resolve(name + ".log");
        EmbeddedPostgres.Builder builder = kind.apply(EmbeddedPostgres.builder())
                .setPgBinaryResolver(new BundledBinaries(version))
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setDataDirectory(data)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()));
        settings.forEach(builder::setServerConfig);
        try {
            int port = builder.start().getPort();
            return new EmbeddedServer(Postmaster.in(data).orElseThrow(), address(name, port));
        } catch (IOException | RuntimeException e) {
            Postmaster.in(data).ifPresent(Postmaster::stop);
            throw notStarted(name, version, log, e);
        }
    }

    private static ServerAddress address(String name, int port) {
        return new ServerAddress(name, "localhost", port, "postgres");
    }

    ServerAddress address() {
        return address;
    }

    boolean running() {
        return postmaster.running();
    }

    @Override
    public void close() {
        postmaster.stop();
    }

    private static RuntimeException notStarted(String name, PostgresVersion version, Path log, Exception cause) {
        String said = lastLines(log);
        boolean asRoot = said.toLowerCase(Locale.ROOT).contains("cannot be run as root");
        Problem problem = Problem.of(
                asRoot ? "SERVER_REFUSES_ROOT" : "SERVER_NOT_STARTED",
                "PostgreSQL " + version.major() + " as " + name + " did not start: " + cause.getMessage()
                        + (said.isEmpty() ? "" : "; its log ends with: " + said),
                asRoot
                        ? "PostgreSQL does not run as root, and 'unshare -U', which would get around that, is not"
                                + " allowed here: run this as a plain user"
                        : "repair what its log names, then start again");
        return new PlatformFailure(problem, cause);
    }

    private static String lastLines(Path log) {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }
}
