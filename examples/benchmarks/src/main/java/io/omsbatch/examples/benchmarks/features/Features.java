package io.omsbatch.examples.benchmarks.features;

import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.core.settings.ResourceLimit;
import io.omsbatch.examples.benchmarks.dispatch.Dispatch;
import io.omsbatch.examples.benchmarks.fleet.EngineSetup;
import io.omsbatch.examples.benchmarks.fleet.EngineSubject;
import io.omsbatch.examples.benchmarks.fleet.Fleet;
import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Goal;
import io.omsbatch.examples.benchmarks.frame.Measure;
import io.omsbatch.examples.benchmarks.frame.Protocol;
import io.omsbatch.examples.benchmarks.frame.Question;
import io.omsbatch.examples.benchmarks.frame.Role;
import io.omsbatch.examples.benchmarks.frame.Workload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** W7: W1 with one feature more, each beside W1 without. */
public final class Features {

    private static final int RESOURCES = 1_000;
    private static final int PER_RESOURCE = 8;

    private Features() {}

    /** Returns the workloads. */
    public static List<Workload> workloads() {
        EngineSetup plain = EngineSetup.of(Dispatch.AT_ONCE, Duration.ZERO);
        List<String> keys =
                IntStream.range(0, RESOURCES).mapToObj(i -> "source-" + i).toList();
        LongAdder events = new LongAdder();
        return List.of(new Workload(
                new Question(
                        "W7",
                        "",
                        "cost of features",
                        "W1 by this library with one feature more each. The reference is W1 by this library without."),
                Protocol.inMemory(100_000, 6, 5),
                Measure.itemsPerSecond(),
                Goal.ratio("at most a tenth slower than without", 0.9),
                List.of(
                        contender("nothing", Role.FLOOR, "as oms-batch in W1", plain),
                        contender(
                                "failure budget",
                                Role.OURS,
                                "a run that stops when 1 % of its tasks failed",
                                plain.with(RunPolicy.none().withBudget(FailureBudget.percent(1)))),
                        contender(
                                "waves",
                                Role.OURS,
                                "waves of 1 %, up to 10 %, up to 50 %, and the rest; no soak time",
                                plain.with(RunPolicy.none().withWaves(Waves.parse("1%, 10%, 50%")))),
                        contender(
                                "limits",
                                Role.OURS,
                                "at most 8 tasks at once of each of 1 000 source instances",
                                plain.with(builder -> builder.limit(ResourceLimit.of(
                                        "source instance",
                                        task -> keys.get(Fleet.number(task.ref()) % RESOURCES),
                                        PER_RESOURCE)))),
                        contender(
                                "listener",
                                Role.OURS,
                                "a listener that counts all events",
                                plain.with(builder -> builder.listener(event -> events.increment()))))));
    }

    private static Contender contender(String name, Role role, String configuration, EngineSetup setup) {
        return new Contender(name, role, configuration, () -> new EngineSubject(setup));
    }
}
