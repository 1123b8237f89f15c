package io.omsbatch.core.journal.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real MariaDB server, from the binaries of the machine (Debian: {@code mariadb-server-core}). Where they are missing its tests
 * are skipped, unless {@code -Dmariadb.required=true} asks for a failure instead. It stops with the JVM.
 */
final class MariaDbServer {

    private static TestDatabase shared;

    private MariaDbServer() {}

    static synchronized TestDatabase shared() {
        if (shared == null) {
            shared = started("--innodb-flush-log-at-trx-commit=1");
        }
        return shared;
    }

    static TestDatabase started(String... options) {
        Optional<Path> server = find("mariadbd");
        Optional<Path> installer = find("mariadb-install-db");
        if (server.isEmpty() || installer.isEmpty()) {
            String missing = "no mariadbd and mariadb-install-db here: apt-get install mariadb-server-core";
            if (Boolean.getBoolean("mariadb.required")) {
                throw new AssertionError(missing);
            }
            assumeTrue(false, missing);
        }
        try {
            Path folder = Scratch.folder("oms-batch-mariadb");
            Path log = folder.resolve("log");
            String temporary = // a server that starts removes what others have in theirs
                    "--tmpdir=" + Files.createDirectory(folder.resolve("tmp"));
            String user = "--user=" + System.getProperty("user.name");
            Process install = new ProcessBuilder(
                            installer.orElseThrow().toString(),
                            "--no-defaults",
                            "--datadir=" + folder.resolve("data"),
                            "--auth-root-authentication-method=normal",
                            "--skip-test-db",
                            temporary,
                            user)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!install.waitFor(60, TimeUnit.SECONDS) || install.exitValue() != 0) {
                install.destroyForcibly();
                throw new AssertionError("mariadb-install-db failed:\n" + Files.readString(log));
            }
            int port = freePort();
            List<String> command = new ArrayList<>(List.of(
                    server.orElseThrow().toString(),
                    "--no-defaults",
                    "--datadir=" + folder.resolve("data"),
                    "--port=" + port,
                    "--bind-address=127.0.0.1",
                    "--socket=" + folder.resolve("s.sock"),
                    "--pid-file=" + folder.resolve("pid"),
                    temporary,
                    "--max-connections=200",
                    user));
            command.addAll(Arrays.asList(options));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Scratch.endWithJvm(() -> process.destroyForcibly().waitFor(10, TimeUnit.SECONDS));
            String url = "jdbc:mariadb://127.0.0.1:" + port + "/journal?createDatabaseIfNotExist=true&sslMode=disable";
            awaitAnswer(url, process, log);
            return TestDatabase.of(JournalDatabase.MYSQL, url, "root", "");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while MariaDB started", interrupted);
        }
    }

    private static void awaitAnswer(String url, Process process, Path log) throws IOException, InterruptedException {
        SQLException last = null;
        for (int attempt = 0; attempt < 150 && process.isAlive(); attempt++) {
            try {
                DriverManager.getConnection(url, "root", "").close();
                return;
            } catch (SQLException notYet) {
                last = notYet;
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        process.destroyForcibly();
        throw new AssertionError("MariaDB did not answer:\n" + Files.readString(log), last);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Optional<Path> find(String name) {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
