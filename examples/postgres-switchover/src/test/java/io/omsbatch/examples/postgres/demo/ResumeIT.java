package io.omsbatch.examples.postgres.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The example survives its own death (DUR-1)")
class ResumeIT {

    @TempDir
    private Path temporary;

    @AfterEach
    void discard() throws Exception {
        for (Path left : folders()) {
            Child.run(temporary, "--discard=" + left);
        }
    }

    @Test
    @DisplayName(
            "killed before the write stop, in the freeze with its servers, and after the point of no return, it finishes"
                    + " the same plan with the same proof")
    void threeKills() throws Exception {
        Child first =
                Child.run(temporary, "--tasks=3", "--rows=200", "--journal=embedded", "--kill-at=start-target-store");
        killed(first, "2 of 3 databases were told to do step 3");
        assertThat(Child.run(temporary, "--journal=jdbc:h2:mem:lost").said())
                .as("a plain run tells of it")
                .contains("A run was killed and is left in " + folders().get(0))
                .contains("--discard=" + folders().get(0))
                .contains("FAILED the journal at jdbc:h2:mem:lost cannot be used");
        String plan = plan(resumed("stop-forward-sync", "2 of 3 databases were told to do step 6"));
        servers().forEach(ResumeIT::kill);
        Child third = resumed("start-reverse-increment", "2 of 3 databases were told to do step 8");
        assertThat(third.said()).contains("started again on its data was what was down: source, target");
        assertThat(plan(third)).isEqualTo(plan);

        park();
        List<ProcessHandle> servers = servers();
        Child last = Child.run(temporary, "--resume");
        System.out.printf(
                "Killed three times: %.1f s, %.1f s to the end%n", first.seconds() + third.seconds(), last.seconds());
        assertThat(last.exitCode()).as(last.said()).isZero();
        assertThat(plan(last)).isEqualTo(plan);
        assertThat(last.said())
                .contains("Batch forward switchover: 3 tasks, 3 succeeded")
                .contains("3 of 3 databases: strict checksums equal")
                .contains("3 of 3 databases: 0 writes lost of ")
                .contains("3 of 3 databases: a row written to the target arrived at its source")
                .contains("Nothing is left: no process, no slot, no folder.")
                .contains("== PROVEN");
        assertThat(servers).hasSize(2).noneMatch(ResumeIT::runs);
        assertThat(folders()).isEmpty();
    }

    /** As an engine does that cannot go on with a run: then nobody takes it over by himself. */
    private void park() throws IOException {
        Properties notes = new Properties();
        try (Reader reader = Files.newBufferedReader(folders().get(0).resolve("run.properties"))) {
            notes.load(reader);
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                "jdbc:postgresql://localhost:" + notes.getProperty("target.port") + "/oms_journal?user=postgres");
        JdbcJournalSettings settings =
                JdbcJournalSettings.defaults().withTablePrefix("oms_" + notes.getProperty("id") + "_");
        try (HikariDataSource database = new HikariDataSource(config);
                JournalStore journal = JdbcJournalStore.open(database, settings)) {
            Waiting.untilTrue(
                    Duration.ofSeconds(20),
                    () -> !journal.abandoned(Set.of(), 1).isEmpty(),
                    limit -> Problem.of("TEST", "the lease is not over", "look"));
            assertThat(journal.park(
                            journal.abandoned(Set.of(), 1).get(0),
                            new JournalRecord(
                                    Instant.now(),
                                    JournalRecord.Kind.PARKED,
                                    null,
                                    ProblemCode.ENGINE_DEFECT.name(),
                                    Map.of("message", "parked by a test"))))
                    .isTrue();
        }
    }

    private Child resumed(String step, String told) throws Exception {
        Child child = Child.run(temporary, "--resume", "--kill-at=" + step);
        killed(child, told);
        return child;
    }

    private static void killed(Child child, String told) {
        assertThat(child.exitCode()).as(child.said()).isEqualTo(Child.KILLED);
        assertThat(child.said()).contains(told).doesNotContain("PROVEN");
    }

    /** The plan that a run says it goes on with. */
    private static String plan(Child resumed) {
        return resumed.said()
                .lines()
                .filter(line -> line.startsWith("  plan "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(resumed.said()));
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(Files::isDirectory).toList();
        }
    }

    private List<ProcessHandle> servers() throws IOException {
        Path folder = folders().get(0);
        return Stream.of("target", "source")
                .map(server -> folder.resolve(server).resolve("postmaster.pid"))
                .map(ResumeIT::firstLine)
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();
    }

    private static String firstLine(Path file) {
        try {
            return Files.readAllLines(file).get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a machine does that is switched off. */
    private static void kill(ProcessHandle server) {
        server.destroyForcibly();
    }

    private static boolean runs(ProcessHandle server) {
        return server.isAlive() && server.info().command().isPresent();
    }
}
