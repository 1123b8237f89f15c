package io.omsbatch.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.journal.InMemoryJournalStore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName("An engine that dies just before or just after a write or a command (DUR-1, DUR-2, RUN-2, RUN-3)")
class CrashTest {

    private static final Logger LOG = LoggerFactory.getLogger(CrashTest.class);

    static Stream<Arguments> deaths() {
        return Stream.of(OperationKind.values())
                .flatMap(kind -> platforms(kind).map(platform -> Arguments.of(kind, platform)));
    }

    /** A switch back is the forward switchover in other words: one platform shows that its round comes through. */
    private static Stream<CrashWorld.Platform> platforms(OperationKind kind) {
        return kind == OperationKind.SWITCH_BACK
                ? Stream.of(CrashWorld.Platform.DEDUPLICATES)
                : Stream.of(CrashWorld.Platform.values());
    }

    @ParameterizedTest
    @MethodSource("deaths")
    @DisplayName("is followed by one that finishes the same plan, with the same outcomes, and does nothing twice")
    void everyPlace(OperationKind kind, CrashWorld.Platform platform) {
        everyPlace(kind.name(), platform, () -> new CrashWorld(kind, platform, InMemoryJournalStore::new));
    }

    static Stream<Arguments> abortedDeaths() {
        return Stream.of(SwitchoverStep.CONFIRM_WRITES_STOPPED, SwitchoverStep.START_REVERSE_INCREMENT)
                .flatMap(gate -> Stream.of(CrashWorld.Platform.values()).map(platform -> Arguments.of(gate, platform)));
    }

    @ParameterizedTest
    @MethodSource("abortedDeaths")
    @DisplayName("while a switchover is taken back, is followed by one that takes it back (SW-8)")
    void everyPlaceOfAnUndo(SwitchoverStep gate, CrashWorld.Platform platform) {
        everyPlace(
                "FORWARD_SWITCHOVER, aborted at " + gate + ",",
                platform,
                () -> new CrashWorld(OperationKind.FORWARD_SWITCHOVER, platform, InMemoryJournalStore::new, gate));
    }

    private static void everyPlace(String what, CrashWorld.Platform platform, Supplier<CrashWorld> worlds) {
        int places;
        try (CrashWorld world = worlds.get()) {
            Doom alive = Doom.never();
            BatchReport report = world.live(alive).orElseThrow();
            assertThat(report.count(world.wanted())).as(report.render()).isEqualTo(CrashWorld.TASKS);
            places = alive.passed();
        }
        assertThat(places).isGreaterThan(10);
        int unknown = 0;
        for (int place = 1; place <= places; place++) {
            try (CrashWorld world = worlds.get()) {
                world.die(place);
                unknown += world.recover(place);
            }
        }
        LOG.warn(
                "{} on a platform that {}: died at each of {} places, {} outcomes UNKNOWN",
                what,
                platform,
                places,
                unknown);
        if (platform != CrashWorld.Platform.SAYS_NOTHING) {
            assertThat(unknown).isZero();
        }
    }
}
