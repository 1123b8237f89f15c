package io.omsbatch.examples.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pair of servers")
class ServerPairIT {

    @Test
    @DisplayName("runs in the wanted versions, with room for the wanted number of links, and leaves nothing behind")
    void lifeTime() {
        ServerPair pair = ServerPair.start(PostgresVersion.V16, PostgresVersion.V18, 50);
        Path folder = pair.folder();
        List<Postmaster> servers = servers(folder);
        assertThat(servers).hasSize(2).allMatch(Postmaster::running);
        try (pair;
                Databases source = new Databases(pair.source(), "ServerPairIT");
                Databases target = new Databases(pair.target(), "ServerPairIT");
                Session from = source.openServer();
                Session to = target.openServer()) {
            assertThat(from.text("SHOW server_version")).startsWith("16.");
            assertThat(to.text("SHOW server_version")).startsWith("18.");
            assertThat(from.text("SHOW max_replication_slots")).isEqualTo("160");
            assertThat(to.text("SHOW max_active_replication_origins")).isEqualTo("160");
            assertThat(to.text("SHOW max_worker_processes")).isEqualTo("168");
            assertThat(to.text("SHOW synchronous_commit")).isEqualTo("on");
            assertThat(folder).isDirectory();
            assertThat(pair.gone()).isFalse();
        }
        assertThat(pair.gone()).isTrue();
        assertThat(servers).noneMatch(Postmaster::running);
        assertThat(folder).doesNotExist();
    }

    @Test
    @DisplayName("outlives a process that is killed, until the next run clears up")
    void killed() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Path folder = Path.of(process.inputReader().readLine());
        List<Postmaster> servers = servers(folder);
        RunFolder.create().close();
        assertThat(servers).hasSize(2).allMatch(Postmaster::running);

        process.destroyForcibly().waitFor();
        RunFolder.create().close();
        assertThat(servers).noneMatch(Postmaster::running);
        assertThat(folder).doesNotExist();
    }

    private static List<Postmaster> servers(Path folder) {
        return Stream.of("source", "target")
                .flatMap(server -> Postmaster.in(folder.resolve(server)).stream())
                .toList();
    }

    /** A process that starts a pair of servers and says where. */
    static final class Killed {
        private Killed() {}

        public static void main(String[] arguments) throws InterruptedException {
            ServerPair pair = ServerPair.start(PostgresVersion.V18, PostgresVersion.V18, 1);
            System.out.println(pair.folder());
            new CountDownLatch(1).await();
        }
    }
}
