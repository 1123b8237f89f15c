package io.omsbatch.examples.benchmarks.scale;

import io.omsbatch.examples.benchmarks.dispatch.Dispatch;
import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Goal;
import io.omsbatch.examples.benchmarks.frame.Measure;
import io.omsbatch.examples.benchmarks.frame.Protocol;
import io.omsbatch.examples.benchmarks.frame.Question;
import io.omsbatch.examples.benchmarks.frame.Role;
import io.omsbatch.examples.benchmarks.frame.Workload;
import java.time.Duration;
import java.util.List;

/** W6: the same run at four sizes, and what a waiting task needs. */
public final class Scale {

    private static final Duration LONG_TIMEOUT = Duration.ofMinutes(10);

    private Scale() {}

    /** Returns the workloads. */
    public static List<Workload> workloads() {
        return List.of(
                time("1 000 tasks", Protocol.inMemory(1_000, 200, 20)),
                time("10 000 tasks", Protocol.inMemory(10_000, 40, 10)),
                time("100 000 tasks", Protocol.inMemory(100_000, 4, 5)),
                // One iteration: of what ended before, an engine remembers the newest run whatever its size.
                time("1 000 000 tasks", Protocol.inMemory(1_000_000, 0, 1).withHeap("1g")),
                memory());
    }

    private static Workload time(String variant, Protocol protocol) {
        return new Workload(
                new Question(
                        "W6",
                        variant,
                        "dispatch of " + variant,
                        "W1 at this size. Linear if a task costs the same at all four sizes; a million tasks run in 1 GB of heap,"
                                + " platform and measurement included, and without a warm-up."),
                protocol,
                Measure.nanosPerItem(),
                Goal.ratio("as fast as pool, future and timeout by hand", 1.0),
                Dispatch.oursAndReference());
    }

    private static Workload memory() {
        return new Workload(
                new Question(
                        "W6",
                        "heap",
                        "heap of a waiting task",
                        "100 000 tasks of which 64 are under way and held: what the heap has more, after full collections, than"
                                + " before the request was made, for each task. The platform answers each read with new objects, as"
                                + " one does that parses answers."),
                Protocol.inMemory(100_000, 1, 3),
                Measure.noted("bytes", WaitingEngine.BYTES),
                Goal.value("at most 400 bytes", 400),
                List.of(
                        new Contender(
                                "oms-batch",
                                Role.OURS,
                                "request, plan, run and journal in memory, the tasks as they were read included",
                                () -> new WaitingEngine(Dispatch.AT_ONCE)),
                        new Contender(
                                "pool, future, timeout",
                                Role.FLOOR,
                                "the tasks as they were read, and for each a future with a timeout in the queue of a pool",
                                () -> new WaitingFutures(Dispatch.AT_ONCE, LONG_TIMEOUT))));
    }
}
