package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.running;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.OutageJournal.Fate;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The report of a run in a database")
class FollowedReportTest {

    @TempDir
    Path folder;

    /** A clock that tells more than a database keeps, and runs fast. */
    private record Nanoseconds(Environment world) implements Through {
        @Override
        public InstantSource clock() {
            return () -> world.clock().instant().plusNanos(123_456_789 + world.nanoTime() / 1_000);
        }
    }

    private HikariDataSource file() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:async:" + folder.resolve("journal") + ";WRITE_DELAY=0");
        return new HikariDataSource(config);
    }

    /** Runs a batch with outcomes of several kinds, and returns it. */
    private static BatchRun ended(EngineHarness world) {
        List<TaskRef> tasks = new ArrayList<>(world.add(5, running()));
        tasks.add(world.add("never-started", task -> task));
        tasks.add(EngineHarness.ref("nowhere"));
        BatchRun run = world.start(BatchOperation.stop(), tasks);
        assertThat(world.await(run).results()).hasSize(7);
        return run;
    }

    @Test
    @DisplayName("SEC-4: reads on another replica as its owner gave it, audit head included")
    void sameElsewhere() throws InterruptedException {
        FaultScript fails =
                FaultScript.none().times(CallPattern.of(OperationKind.STOP), 9, Fault.of(FaultKind.TRANSIENT));
        try (EngineHarness world = EngineHarness.with(fails);
                HikariDataSource file = file();
                JdbcJournalStore journal = JdbcJournalStore.open(
                        file, JdbcJournalSettings.defaults().withCreateTables(true))) {
            world.builder().journal(journal).environment(new Nanoseconds(world.environment));
            try (BatchEngine other = world.builder().build()) {
                BatchRun run = ended(world);
                BatchReport report = world.await(run);
                assertThat(report.auditHead())
                        .isNotEmpty()
                        .isEqualTo(journal.audit(run.id()).head());
                BatchReport there = other.find(run.id())
                        .orElseThrow()
                        .await(EngineHarness.LONG)
                        .orElseThrow();
                assertThat(there).isEqualTo(report);
            }
        }
    }

    @Test
    @DisplayName("SEC-4: bears its audit head also if nobody knew whether its end was written")
    void endInDoubt() throws InterruptedException {
        try (EngineHarness world = EngineHarness.healthy();
                HikariDataSource file = file();
                JdbcJournalStore journal = JdbcJournalStore.open(
                        file, JdbcJournalSettings.defaults().withCreateTables(true))) {
            OutageJournal outage = new OutageJournal();
            AtomicBoolean once = new AtomicBoolean(true);
            outage.script((method, facts) ->
                    TroubledJournal.of(facts, Kind.ENDED) && once.getAndSet(false) ? Fate.ANSWER_LOST : Fate.WORKS);
            world.builder().journal(outage.before(journal));
            try (BatchEngine other = world.builder().build()) {
                BatchRun run = ended(world);
                assertThat(once).isFalse();
                BatchReport report = world.await(run);
                assertThat(report.auditHead()).isEqualTo(journal.audit(run.id()).head());
                assertThat(other.find(run.id()).orElseThrow().await(EngineHarness.LONG))
                        .contains(report);
            }
        }
    }
}
