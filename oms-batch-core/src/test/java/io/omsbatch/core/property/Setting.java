package io.omsbatch.core.property;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.settings.CallSettings;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.Rate;
import io.omsbatch.core.settings.ResourceLimit;
import io.omsbatch.core.settings.RetrySettings;
import io.omsbatch.testkit.check.RunBounds;
import io.omsbatch.testkit.fake.PlatformSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/**
 * The platform and the engine of one try.
 *
 * @param seed decides the order of everything that happens, and every choice of the platform
 * @param latencyMillis how long a call takes at most
 * @param settleMillis how long the platform takes to settle at most
 * @param declared what the platform declares
 * @param concurrency how many calls at once
 * @param pageSize how many tasks a read
 * @param limits how often calls may begin, and what tasks share
 */
record Setting(
        long seed,
        int latencyMillis,
        int settleMillis,
        Declared declared,
        int concurrency,
        int pageSize,
        Limits limits) {

    private static final int RETRIES = 3;

    /**
     * What the platform declares, and keeps.
     *
     * @param abilities what it can do
     * @param stalenessSeconds how old what it shows may be
     * @param effectDelaySeconds how much later than it settles an effect may come; negative if nobody knows
     * @param granularityMillis how coarse its positions are
     */
    record Declared(
            Set<GatewayCapability> abilities, int stalenessSeconds, int effectDelaySeconds, int granularityMillis) {}

    /**
     * What is limited besides the calls at once.
     *
     * @param calls how often calls may begin, or null for no limit
     * @param resources the limits for what tasks share
     */
    record Limits(@Nullable Rate calls, List<ResourceLimit> resources) {
        static final Limits NONE = new Limits(null, List.of());
    }

    /** Returns settings in which every second task shares its source, and every third its target, and each may be limited. */
    static Arbitrary<Setting> limited() {
        Arbitrary<ResourceLimit> source = Combinators.combine(
                        Arbitraries.integers().between(1, 3), Arbitraries.of(0, 0, 1, 2))
                .as((tasks, rate) -> limit("source", 2, tasks, rate));
        Arbitrary<ResourceLimit> target = Combinators.combine(
                        Arbitraries.integers().between(1, 3), Arbitraries.of(0, 0, 1, 2))
                .as((tasks, rate) -> limit("target", 3, tasks, rate));
        Arbitrary<List<ResourceLimit>> resources = Combinators.combine(source, target, Arbitraries.of(0, 1, 2, 3))
                .as((one, other, which) -> List.of(
                                List.<ResourceLimit>of(), List.of(one), List.of(other), List.of(one, other))
                        .get(which));
        Arbitrary<Rate> rates = Combinators.combine(
                        Arbitraries.integers().between(3, 6), Arbitraries.of(200, 1_000, 3_000))
                .as((calls, millis) -> new Rate(calls, Duration.ofMillis(millis)));
        return Combinators.combine(any(), rates.injectNull(0.5), resources)
                .as((setting, rate, limits) -> setting.with(new Limits(rate, limits)));
    }

    private static ResourceLimit limit(String resource, int keys, int tasks, int rate) {
        ResourceLimit limit = ResourceLimit.of(resource, task -> key(task.ref(), keys), tasks);
        return rate == 0 ? limit : limit.withRate(new Rate(rate, Duration.ofSeconds(2)));
    }

    private static String key(TaskRef task, int keys) {
        return String.valueOf(task.id().hashCode() % keys);
    }

    private Setting with(Limits value) {
        return new Setting(seed, latencyMillis, settleMillis, declared, concurrency, pageSize, value);
    }

    static Arbitrary<Setting> any() {
        Arbitrary<Declared> declared = Combinators.combine(
                        Arbitraries.of(
                                        GatewayCapability.DEDUPLICATION,
                                        GatewayCapability.FENCING,
                                        GatewayCapability.SELF_ADVANCING,
                                        GatewayCapability.PRECHECK_READ_ONLY,
                                        GatewayCapability.UNDO)
                                .set(),
                        Arbitraries.of(0, 0, 1, 5),
                        Arbitraries.of(-1, -1, 0, 5, 20),
                        Arbitraries.of(0, 0, 1_000))
                .as(Declared::new);
        return Combinators.combine(
                        Arbitraries.longs().between(0, Integer.MAX_VALUE),
                        Arbitraries.of(0, 0, 50, 900),
                        Arbitraries.of(0, 500, 3_000, 9_000),
                        declared,
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(1, 2, 3, 100))
                .as((seed, latency, settle, what, calls, page) ->
                        new Setting(seed, latency, settle, what, calls, page, Limits.NONE))
                .withoutEdgeCases();
    }

    PlatformSettings platform() {
        GatewayCapabilities capabilities = new GatewayCapabilities(
                declared.abilities,
                Duration.ofSeconds(declared.stalenessSeconds),
                declared.effectDelaySeconds < 0
                        ? null
                        : Duration.ofMillis(settleMillis).plusSeconds(declared.effectDelaySeconds),
                declared.granularityMillis,
                Set.of());
        return PlatformSettings.of(seed)
                .withLatency(Duration.ofMillis(latencyMillis))
                .withSettle(Duration.ofMillis(settleMillis))
                .withCapabilities(capabilities);
    }

    EngineSettings engine() {
        return EngineSettings.defaults()
                .withCalls(CallSettings.defaults()
                        .withConcurrency(concurrency)
                        .withPageSize(pageSize)
                        .withRate(limits.calls))
                .withRetry(new RetrySettings(RETRIES, Duration.ofSeconds(1), Duration.ofSeconds(16)));
    }

    RunBounds bounds() {
        RunBounds bounds = RunBounds.defaults()
                .withConcurrency(concurrency)
                .withShared(limits.resources.stream().map(Setting::shared).toList());
        return limits.calls == null ? bounds : bounds.withPace(pace(limits.calls));
    }

    private static RunBounds.Shared shared(ResourceLimit limit) {
        return new RunBounds.Shared(
                limit.resource(),
                task -> limit.key().apply(MigrationTask.builder(task).build()),
                limit.tasks(),
                limit.rate() == null ? null : pace(limit.rate()));
    }

    private static RunBounds.Pace pace(Rate rate) {
        return new RunBounds.Pace(rate.calls(), rate.per());
    }
}
