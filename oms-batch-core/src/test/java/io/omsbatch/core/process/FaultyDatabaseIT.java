package io.omsbatch.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.omsbatch.core.journal.jdbc.PostgresServer;
import io.omsbatch.core.journal.jdbc.TestDatabase;
import io.omsbatch.core.settings.OutageSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Engines at work on platforms in another server, while the database of their journals fails again and again, in each way there is. */
@DisplayName("A run whose journal's database fails (DUR-1, DUR-2, DUR-3, DUR-5, RUN-1, RUN-2, RUN-3, RUN-8)")
class FaultyDatabaseIT {

    private static final Logger ENGINE = (Logger) LoggerFactory.getLogger("io.omsbatch.core.internal");

    /** Less than a lease lasts, so that runs are let go of before anybody may take them over. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    /** More than a lease lasts. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final int FEW = 3;
    private static final String PROGRAM = "&ApplicationName=" + Cuts.PROGRAM;

    private static OutageSettings outage(Duration patience, int mostResults) {
        return new OutageSettings(patience, Duration.ofMillis(50), Duration.ofMillis(500), mostResults);
    }

    private static OutageSettings outage(Duration patience) {
        return outage(patience, 10_000);
    }

    /** What the engine says of failures that are made here would hide what is counted. */
    @BeforeAll
    static void quiet() {
        ENGINE.setLevel(Level.ERROR);
    }

    @AfterAll
    static void loud() {
        ENGINE.setLevel(null);
    }

    /** At the same time, because most of it is spent waiting. */
    @Test
    @DisplayName(
            "goes on: after the server was stopped, crashed or away for longer than it waits, after sessions were ended in the"
                    + " middle of commits, after others kept all connections, after the disk was full")
    void fails() throws Exception {
        PostgresServer.sixteen(); // before all need it
        List<Ordeal> ordeals = Together.run(List.<Callable<Ordeal>>of(
                FaultyDatabaseIT::restarted, FaultyDatabaseIT::full, FaultyDatabaseIT::cut, FaultyDatabaseIT::held));
        assertThat(ordeals).hasSize(4);
    }

    /** One of them lets go of its runs before their leases end, the other keeps them for longer. */
    private static Ordeal restarted() throws Exception {
        TestDatabase server = PostgresServer.own();
        try (SmallPool pool = new SmallPool(server, "", 8);
                Ordeal ordeal = new Ordeal(
                        new ResidentReplica(Manners.FENCES_AND_DEDUPLICATES, pool.source(), outage(SHORT)),
                        new ResidentReplica(Manners.BOUNDS_EFFECTS, pool.source(), outage(LONG)))) {
            ordeal.endure(List.of(new Restarts(Postmaster.of(server))), 8, 1_500);
            assertThat(ordeal.failed("refused. Check that the hostname and port are correct"))
                    .isPositive();
            return ordeal;
        }
    }

    /** In turn really, where somebody may mount a small disk, and by the word of the driver. */
    private static Ordeal full() throws Exception {
        TestDatabase server = PostgresServer.own();
        Optional<FullDisk> disk = FullDisk.of(server);
        try (SmallPool pool = new SmallPool(server, disk.isPresent() ? FullDisk.OPTIONS : "", 8)) {
            ResidentReplica replica =
                    new ResidentReplica(Manners.FENCES_AND_DEDUPLICATES, pool.source(), outage(SHORT));
            List<Trouble> ways = new ArrayList<>(disk.stream().toList());
            ways.add(new ThrownFull(replica.source()));
            try (Ordeal ordeal = new Ordeal(replica)) {
                ordeal.endure(ways, 6, 1_500);
                assertThat(ordeal.failed("No space left on device")).isPositive();
                return ordeal;
            }
        }
    }

    /** Each commit takes a while, so that it can be met. */
    private static Ordeal cut() throws Exception {
        TestDatabase server = PostgresServer.eighteen();
        String slowly = "&options=-c%20commit_delay=4000%20-c%20commit_siblings=0";
        try (SmallPool pool = new SmallPool(server, PROGRAM + slowly, 8);
                Ordeal ordeal = new Ordeal(new ResidentReplica(Manners.BOUNDS_EFFECTS, pool.source(), outage(SHORT)))) {
            ordeal.endure(List.of(new Cuts(server.source())), 60, 400);
            assertThat(ordeal.brokenCommits()).isPositive();
            return ordeal;
        }
    }

    /** One of them lets go of its runs when that lasts too long, the other when there is too much to be kept. */
    private static Ordeal held() throws Exception {
        try (SmallPool pool = new SmallPool(PostgresServer.eighteen(), "", 4);
                Ordeal ordeal = new Ordeal(
                        new ResidentReplica(Manners.FENCES_AND_DEDUPLICATES, pool.source(), outage(LONG, FEW)),
                        new ResidentReplica(Manners.BOUNDS_EFFECTS, pool.source(), outage(SHORT)))) {
            ordeal.endure(List.of(new HeldConnections(pool.source(), 4)), 5, 1_500);
            assertThat(ordeal.stopped("more than " + FEW + " results would have to be kept"))
                    .isPositive();
            assertThat(ordeal.stopped("it took nothing for PT3S")).isPositive();
            return ordeal;
        }
    }
}
