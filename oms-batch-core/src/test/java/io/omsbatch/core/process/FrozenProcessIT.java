package io.omsbatch.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.core.journal.jdbc.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two replicas share a journal. The first is stopped by a signal while it holds, each ready to be sent, a command of a batch, a
 * command of a switchover and a write of an outcome; it is continued when the other has finished both runs.
 */
@DisplayName("A replica that is frozen for longer than its leases last (DUR-2, DUR-3, RUN-5)")
class FrozenProcessIT {

    private static final Logger LOG = LoggerFactory.getLogger(FrozenProcessIT.class);
    private static final Duration MOST = Duration.ofMinutes(1);
    private static final int TASKS = 8;

    @Test
    @DisplayName("finds its writes rejected and its commands without effect, says that its runs are lost, and ends")
    void frozen() throws InterruptedException {
        PostgresServer.sixteen(); // before both need it
        List<Survey> surveys = Together.run(Arrays.stream(Manners.values())
                .map(manners -> (Callable<Survey>) () -> frozen(manners))
                .toList());
        assertThat(surveys).hasSize(2);
    }

    private static Survey frozen(Manners manners) throws InterruptedException {
        JournalPlace place = JournalPlace.postgres();
        try (RowPlatform platform = RowPlatform.in(PostgresServer.sixteen());
                ReplicaProcess first = start(
                        place,
                        platform,
                        manners,
                        Map.of("begins", "true", "hold", "STOP,START_TARGET_STORE,append:OUTCOME"));
                ReplicaProcess second = start(place, platform, manners, Map.of())) {
            assertSays(first, "READY", 1);
            assertSays(second, "READY", 1);
            platform.wish("batch", OperationKind.STOP, TASKS);
            platform.wish("switchover", OperationKind.FORWARD_SWITCHOVER, TASKS);
            assertSays(first, "HELD", 3);

            first.freeze();
            Instant frozen = Instant.now();
            awaitFulfilled(platform, second);
            assertThat(first.lines()).noneMatch(line -> line.says("SENT"));
            Instant continued = Instant.now();
            first.thaw();
            first.tell("go");

            assertThat(first.awaitEnd(MOST)).as("%s", first.log()).isZero();
            assertThat(said(first, "SENT")).hasSize(3);
            assertThat(said(first, "REJECTED")).anyMatch(words -> words.get(1).equals("append"));
            assertThat(said(first, "LOST")).hasSize(2);
            second.tell("finish");
            assertThat(second.awaitEnd(MOST)).as("%s", second.log()).isZero();
            assertWithoutEffect(manners, platform, continued);
            return survey(manners, place, platform, List.of(life(first, frozen, true), life(second, continued, false)));
        }
    }

    private static ReplicaProcess start(
            JournalPlace place, RowPlatform platform, Manners manners, Map<String, String> more) {
        Map<String, String> order = new HashMap<>(place.told());
        order.put("platform", platform.url());
        order.put("manners", manners.name());
        order.putAll(more);
        return ReplicaProcess.start(order);
    }

    private static void assertSays(ReplicaProcess replica, String what, int times) throws InterruptedException {
        assertThat(replica.awaitLine(line -> line.says(what), times, MOST))
                .as("says %s: %s", what, replica.log())
                .isTrue();
    }

    private static void awaitFulfilled(RowPlatform platform, ReplicaProcess replica) {
        long end = System.nanoTime() + MOST.toNanos();
        while (!platform.openWishes().isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(platform.openWishes()).as("%s", replica.log()).isEmpty();
    }

    private static List<List<String>> said(ReplicaProcess replica, String what) {
        return replica.lines().stream()
                .filter(line -> line.says(what))
                .map(ReplicaProcess.Line::words)
                .toList();
    }

    /** What is said of holds and of lost runs acknowledges nothing. */
    private static Life life(ReplicaProcess replica, Instant end, boolean stopped) {
        List<String> acknowledging = List.of("RUN", "OUTCOME", "CONTROL", "ENDED");
        return new Life(
                end,
                stopped,
                replica.lines().stream()
                        .filter(line -> acknowledging.contains(line.words().get(0)))
                        .toList());
    }

    private static Survey survey(Manners manners, JournalPlace place, RowPlatform platform, List<Life> lives) {
        try (HikariDataSource pool = place.pool();
                JdbcJournalStore journal = place.open(pool)) {
            Survey survey = Survey.of(manners, lives, journal, platform);
            LOG.warn("{}, frozen and continued: {}", manners, survey.render());
            assertThat(survey.broken()).isEmpty();
            assertThat(survey.unknown()).isEmpty();
            return survey;
        }
    }

    private static void assertWithoutEffect(Manners manners, RowPlatform platform, Instant continued) {
        Set<String> verdicts = manners == Manners.FENCES_AND_DEDUPLICATES
                ? Set.of(
                        "FENCED",
                        "REPEATED") // of what was sent before, the platform repeats its answer, and does nothing
                : Set.of("LATE");
        assertThat(platform.ledger())
                .filteredOn(arrival -> arrival.at().isAfter(continued))
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(arrival ->
                        arrival.token() == 1 && verdicts.contains(arrival.did().verdict()));
    }
}
