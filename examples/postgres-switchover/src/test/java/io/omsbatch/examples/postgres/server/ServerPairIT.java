package io.omsbatch.examples.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A pair of servers")
class ServerPairIT {

    @Test
    @DisplayName("runs in the wanted versions, with room for the wanted number of links, and leaves nothing behind")
    void lifeTime() {
        ServerPair pair = ServerPair.start(ServerPlan.fleeting(PostgresVersion.V16, PostgresVersion.V18, 50));
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

    @Test
    @DisplayName("keeps its folder from others, however often its own process looks for folders that were left")
    void lockIsKept() throws Exception {
        try (RunFolder folder = RunFolder.create();
                RunFolder another = RunFolder.create()) {
            assertThat(RunFolder.left()).isEmpty();
            Process other = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Taker.class.getName(),
                            folder.path().toString(),
                            another.path().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(other.inputReader().lines()).containsExactly("false", "false");
        }
    }

    @Test
    @DisplayName("with notes is left alone by the next run, and can be adopted once")
    void notes() throws Exception {
        RunFolder killed = RunFolder.create();
        killed.note(Map.of("tasks", "6"));
        killed.leave();
        RunFolder.create().close();
        LeftRun left = RunFolder.left().get(0);
        assertThat(left.folder()).isEqualTo(killed.path());
        assertThat(left.number("tasks")).isEqualTo(6);
        assertThatThrownBy(() -> left.note("id")).hasMessageContaining("lack id");
        try (RunFolder adopted = RunFolder.adopt(left.folder())) {
            assertThat(adopted.path()).exists();
            assertThat(RunFolder.left()).isEmpty();
            assertThatThrownBy(left::discard).hasMessageContaining("another process has it now");
        }
        assertThat(killed.path()).doesNotExist();
    }

    @Test
    @DisplayName("is not started again before the process id of the one before is free")
    void roomForAnother(@TempDir Path data) throws Exception {
        Process other = new ProcessBuilder("sleep", "1").start();
        Files.writeString(data.resolve("postmaster.pid"), other.pid() + "\n");
        assertThat(Postmaster.in(data)).isEmpty();
        Postmaster.awaitRoom(data);
        assertThat(other.isAlive()).isFalse();
    }

    private static List<Postmaster> servers(Path folder) {
        return Stream.of("source", "target")
                .flatMap(server -> Postmaster.in(folder.resolve(server)).stream())
                .toList();
    }

    /** A process that says of each of these folders whether it could take it. */
    static final class Taker {
        private Taker() {}

        public static void main(String[] folders) throws IOException {
            for (String folder : folders) {
                System.out.println(FolderLock.ofAbandoned(Path.of(folder)).isPresent());
            }
        }
    }

    /** A process that starts a pair of servers and says where. */
    static final class Killed {
        private Killed() {}

        public static void main(String[] arguments) throws InterruptedException {
            ServerPair pair = ServerPair.start(ServerPlan.fleeting(PostgresVersion.V18, PostgresVersion.V18, 1));
            System.out.println(pair.folder());
            new CountDownLatch(1).await();
        }
    }
}
