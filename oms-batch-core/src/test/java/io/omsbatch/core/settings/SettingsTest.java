package io.omsbatch.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("SEC-3: A setting")
class SettingsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TEN = Duration.ofMillis(10);
    private static final Duration ONE = Duration.ofMillis(1);

    @TestFactory
    @DisplayName("is taken within its range, ends included, and refused beyond it with field, value and range")
    Stream<DynamicTest> ranges() {
        return Stream.of(
                number(
                        "CallSettings.concurrency",
                        1,
                        10_000,
                        v -> CallSettings.defaults().withConcurrency(v)),
                time(
                        "CallSettings.timeout",
                        TEN,
                        HOUR,
                        v -> CallSettings.defaults().withTimeout(v)),
                number(
                        "CallSettings.pageSize",
                        1,
                        1_000,
                        v -> CallSettings.defaults().withPageSize(v)),
                time(
                        "CallSettings.freshness",
                        TEN,
                        Duration.ofMinutes(1),
                        v -> new CallSettings(1, SECOND, 1, v, null)),
                number("Rate.calls", 1, 10_000, v -> new Rate(v, SECOND)),
                time("Rate.per", TEN, HOUR, v -> new Rate(1, v)),
                number("ResourceLimit.tasks", 1, 10_000, v -> ResourceLimit.of("source", task -> null, v)),
                number("RetrySettings.retries", 0, 100, v -> new RetrySettings(v, SECOND, SECOND)),
                time("RetrySettings.first", ONE, HOUR, v -> new RetrySettings(5, v, HOUR)),
                time("RetrySettings.longest", SECOND, DAY, v -> new RetrySettings(5, SECOND, v)),
                time("SettleSettings.deadline", TEN, Duration.ofDays(7), v -> new SettleSettings(v, ONE, ONE)),
                time("SettleSettings.firstPoll", ONE, HOUR, v -> new SettleSettings(HOUR, v, HOUR)),
                time("SettleSettings.longestPoll", SECOND, HOUR, v -> new SettleSettings(HOUR, SECOND, v)),
                time(
                        "PlanSettings.validity",
                        SECOND,
                        DAY,
                        v -> PlanSettings.defaults().withValidity(v)),
                time(
                        "PlanSettings.approvalValidity",
                        SECOND,
                        DAY,
                        v -> PlanSettings.defaults().withFourEyes(Set.of(), v)),
                number(
                        "PlanSettings.maximumTasks",
                        1,
                        1_000_000,
                        v -> PlanSettings.defaults().withMaximumTasks(v)),
                time(
                        "SwitchoverSettings.lagTolerance",
                        Duration.ZERO,
                        DAY,
                        v -> new SwitchoverSettings(v, 1, TEN, TEN, null, null, GateSettings.none())),
                number(
                        "SwitchoverSettings.stableSamples",
                        1,
                        100,
                        v -> new SwitchoverSettings(TEN, v, TEN, TEN, null, null, GateSettings.none())),
                time(
                        "SwitchoverSettings.catchUpTimeout",
                        TEN,
                        DAY,
                        v -> new SwitchoverSettings(TEN, 1, v, TEN, null, null, GateSettings.none())),
                time(
                        "SwitchoverSettings.maximumSampleAge",
                        TEN,
                        DAY,
                        v -> new SwitchoverSettings(TEN, 1, TEN, v, null, null, GateSettings.none())),
                optional(
                        "SwitchoverSettings.maximumVerificationAge",
                        SECOND,
                        Duration.ofDays(365),
                        v -> SwitchoverSettings.defaults().withMaximumVerificationAge(v)),
                optional(
                        "SwitchoverSettings.coolDown",
                        SECOND,
                        Duration.ofDays(365),
                        v -> SwitchoverSettings.defaults().withCoolDown(v)),
                optional(
                        "GateSettings.holds",
                        SECOND,
                        DAY,
                        v -> GateSettings.none().withHolds(v)),
                time(
                        "OutageSettings.patience",
                        Duration.ZERO,
                        DAY,
                        v -> new OutageSettings(v, ONE, Duration.ZERO.equals(v) ? MINUTE : ONE, 1)),
                time("OutageSettings.firstPause", ONE, MINUTE, v -> new OutageSettings(DAY, v, MINUTE, 1)),
                time("OutageSettings.longestPause", SECOND, MINUTE, v -> new OutageSettings(DAY, SECOND, v, 1)),
                number("OutageSettings.mostResults", 1, 1_000_000, v -> new OutageSettings(DAY, ONE, ONE, v)),
                time(
                        "EngineSettings.closeTimeout",
                        Duration.ZERO,
                        HOUR,
                        v -> EngineSettings.defaults().withCloseTimeout(v)));
    }

    private static DynamicTest number(String field, int least, int most, IntConsumer make) {
        return DynamicTest.dynamicTest(field, () -> {
            assertThatCode(() -> make.accept(least)).doesNotThrowAnyException();
            assertThatCode(() -> make.accept(most)).doesNotThrowAnyException();
            for (int value : new int[] {least - 1, most + 1, Integer.MIN_VALUE}) {
                assertThatThrownBy(() -> make.accept(value))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessage(field + ": is " + value + "; it must be " + least + " to " + most);
            }
        });
    }

    private static DynamicTest time(String field, Duration least, Duration most, Consumer<Duration> make) {
        return DynamicTest.dynamicTest(field, () -> {
            assertRange(field, least, most, make);
            assertThatThrownBy(() -> make.accept(null)).hasMessage(field);
        });
    }

    /** Without it there is no limit. */
    private static DynamicTest optional(String field, Duration least, Duration most, Consumer<Duration> make) {
        return DynamicTest.dynamicTest(field, () -> {
            assertRange(field, least, most, make);
            assertThatCode(() -> make.accept(null)).doesNotThrowAnyException();
        });
    }

    private static void assertRange(String field, Duration least, Duration most, Consumer<Duration> make) {
        assertThatCode(() -> make.accept(least)).doesNotThrowAnyException();
        assertThatCode(() -> make.accept(most)).doesNotThrowAnyException();
        for (Duration value :
                new Duration[] {least.minusNanos(1), most.plusNanos(1), Duration.ofSeconds(Long.MAX_VALUE)}) {
            assertThatThrownBy(() -> make.accept(value))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(field + ": is " + value + "; it must be " + least + " to " + most);
        }
    }

    @Test
    @DisplayName("of calls has room for a look and the command after it (RUN-10)")
    void leastRate() {
        assertThatCode(() -> CallSettings.defaults().withRate(Rate.perSecond(3)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> CallSettings.defaults().withRate(Rate.perSecond(2)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("CallSettings.rate: is 2; it must be 3 to 10000");
    }

    @Test
    @DisplayName("group that is missing is named")
    void missing() {
        EngineSettings defaults = EngineSettings.defaults();
        assertThatThrownBy(() -> defaults.withCalls(null)).hasMessage("EngineSettings.calls");
        assertThatThrownBy(() -> defaults.withRetry(null)).hasMessage("EngineSettings.retry");
        assertThatThrownBy(() -> defaults.withSettle(null)).hasMessage("EngineSettings.settle");
        assertThatThrownBy(() -> defaults.withPlan(null)).hasMessage("EngineSettings.plan");
        assertThatThrownBy(() -> defaults.withSwitchover(null)).hasMessage("EngineSettings.switchover");
        assertThatThrownBy(() -> defaults.withLease(null)).hasMessage("EngineSettings.lease");
        assertThatThrownBy(() -> defaults.withOutage(null)).hasMessage("EngineSettings.outage");
        assertThatThrownBy(() -> defaults.withJournal(null)).hasMessage("EngineSettings.journal");
        assertThatThrownBy(() -> new JournalSettings(null, OutageSettings.defaults()))
                .hasMessage("JournalSettings.lease");
        assertThatThrownBy(() -> new JournalSettings(LeaseSettings.defaults(), null))
                .hasMessage("JournalSettings.outage");
    }

    @Test
    @DisplayName("of outages lets the journal be tried at least once before the run is parked (DUR-5)")
    void outages() {
        assertThatThrownBy(() -> new OutageSettings(SECOND, ONE, SECOND.plusMillis(1), 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "OutageSettings.longestPause: is PT1.001S; it must be at most the patience, PT1S, so that the"
                                + " journal is tried again before the run is parked");
        OutageSettings few = new OutageSettings(SECOND, ONE, SECOND, 1);
        EngineSettings changed = EngineSettings.defaults().withOutage(few);
        assertThat(changed.journal()).isEqualTo(new JournalSettings(LeaseSettings.defaults(), few));
        assertThat(changed.withLease(changed.lease().withPoll(SECOND)).journal().outage())
                .isEqualTo(few);
        assertThat(changed.withCalls(CallSettings.defaults().withTimeout(MINUTE))
                        .journal()
                        .outage())
                .isEqualTo(few);
    }

    @Test
    @DisplayName(
            "of leases fits the calls, or is refused with what to do; longer calls prolong it by themselves (DUR-2)")
    void leases() {
        EngineSettings defaults = EngineSettings.defaults();
        Duration minute = Duration.ofMinutes(1);
        EngineSettings longer = defaults.withCalls(CallSettings.defaults().withTimeout(minute));
        assertThat(longer.lease().selfFence()).isGreaterThan(minute);
        assertThatThrownBy(() -> longer.withLease(LeaseSettings.defaults()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("EngineSettings.lease: has a renewal of PT8S and a selfFence of PT25S")
                .hasMessageContaining("use LeaseSettings.around(timeout)");
        assertThatThrownBy(() -> new LeaseSettings(minute, Duration.ofSeconds(1), minute))
                .hasMessageContaining("LeaseSettings.selfFence: is PT1M; it must be less than the duration, PT1M");
    }
}
