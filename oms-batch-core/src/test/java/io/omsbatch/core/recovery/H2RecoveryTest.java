package io.omsbatch.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("An engine that dies with its journal in an H2 file")
class H2RecoveryTest {

    @TempDir
    Path folder;

    private HikariDataSource file(String name) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:async:" + folder.resolve(name) + ";WRITE_DELAY=0");
        return new HikariDataSource(config);
    }

    private static JdbcJournalStore journal(HikariDataSource file) {
        return JdbcJournalStore.open(file, JdbcJournalSettings.defaults().withCreateTables(true));
    }

    @ParameterizedTest
    @EnumSource(
            value = OperationKind.class,
            names = {"START", "FORWARD_SWITCHOVER"})
    @DisplayName("is followed by one that finishes the same plan from the file, with known outcomes (DUR-1)")
    void everyPlace(OperationKind kind) {
        int places;
        try (HikariDataSource file = file("alive");
                CrashWorld world = world(kind, file)) {
            Doom alive = Doom.never();
            assertThat(world.live(alive)).isPresent();
            places = alive.passed();
        }
        assertThat(places).isGreaterThan(10);
        for (int place = 1; place <= places; place += 1 + places / 20) {
            diesAt(place, kind);
        }
    }

    @Test
    @DisplayName(
            "parks a run of a newer version with the reason, leaves what it holds alone, and goes on with the others (DUR-4)")
    void newerVersion() throws SQLException {
        try (HikariDataSource file = file("newer");
                CrashWorld world = world(OperationKind.START, file);
                Connection connection = file.getConnection()) {
            world.die(8);
            JdbcJournalStore journal = journal(file);
            RunRecord good = journal.runOfRequest("request").orElseThrow();
            BatchRequest other = BatchRequest.of(
                    "other",
                    good.confirmation().actor(),
                    BatchOperation.start(),
                    good.plan().request().tasks());
            BatchPlan plan = new BatchPlan(
                    "other",
                    other,
                    good.plan().plannedAt(),
                    good.plan().validUntil(),
                    good.plan().entries(),
                    List.of(),
                    List.of());
            RunRecord newer = new RunRecord(
                    "newer", plan, plan.confirm(good.confirmation().actor(), "x"), good.startedAt());
            RunOpening unused = journal.open(newer, new Lease("gone", Duration.ofMinutes(1)));
            connection.createStatement().execute("UPDATE oms_batch_run SET format = 7 WHERE run_id = 'newer'");
            journal.release("newer", new FencingToken(1));
            journal.release(good.runId(), new FencingToken(1));
            assertThat(journal.abandoned(Set.of(), 10)).containsExactly("newer", good.runId());
            assertThat(world.recover(8)).isZero();
            assertThat(journal.abandoned(Set.of(), 10)).isEmpty();
            RunSummary.Standing parked = journal.summary("newer").orElseThrow().standing();
            assertThat(parked.state()).isEqualTo(RunSummary.State.PARKED);
            assertThat(parked.why()).isEqualTo("NOT_RECOVERABLE");
            assertThat(journal.read("newer", 0, 10)).hasSize(1);
        }
    }

    private static CrashWorld world(OperationKind kind, HikariDataSource file) {
        return new CrashWorld(kind, CrashWorld.Platform.BOUNDS_EFFECTS, virtualTime -> journal(file));
    }

    private void diesAt(int place, OperationKind kind) {
        HikariDataSource file = file("dies-at-" + place);
        try (CrashWorld world = world(kind, file)) {
            world.die(place);
            file.close(); // and with its last connection the file
            try (HikariDataSource again = file("dies-at-" + place)) {
                JdbcJournalStore journal = journal(again);
                // the store's clock is real: nobody waits here for the end of the dead engine's lease
                journal.runOfRequest("request").ifPresent(run -> journal.release(run.runId(), new FencingToken(1)));
                world.reopened(journal);
                assertThat(world.recover(place)).as("died at place %d", place).isZero();
            }
        }
    }
}
