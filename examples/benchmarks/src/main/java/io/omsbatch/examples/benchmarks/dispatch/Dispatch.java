package io.omsbatch.examples.benchmarks.dispatch;

import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.examples.benchmarks.fleet.EngineSetup;
import io.omsbatch.examples.benchmarks.fleet.EngineSubject;
import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Goal;
import io.omsbatch.examples.benchmarks.frame.Measure;
import io.omsbatch.examples.benchmarks.frame.Protocol;
import io.omsbatch.examples.benchmarks.frame.Question;
import io.omsbatch.examples.benchmarks.frame.Role;
import io.omsbatch.examples.benchmarks.frame.Workload;
import io.omsbatch.examples.benchmarks.measure.Versions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** W1 and W1b: dispatch without a database. */
public final class Dispatch {

    /** How many calls at once in W1, and in what is compared with it. */
    public static final int AT_ONCE = 64;

    private static final int AT_ONCE_SLOW = 256;
    private static final Duration SLOW = Duration.ofMillis(20);
    private static final int CHUNK = 100;

    private Dispatch() {}

    /** Returns the workloads. */
    public static List<Workload> workloads() {
        return List.of(throughput(), latency());
    }

    /** Returns this library and the reference, as they are in W1. */
    public static List<Contender> oursAndReference() {
        return List.of(ours(), others(AT_ONCE, Duration.ZERO, CHUNK).get(0));
    }

    private static Contender ours() {
        EngineSetup setup = EngineSetup.of(AT_ONCE, Duration.ZERO);
        return new Contender(
                "oms-batch",
                Role.OURS,
                "the engine with its defaults, 64 calls at once, a call timeout of 30 s and its journal in memory; from the"
                        + " confirmation to the report, each task claimed, read again and judged again before its command",
                () -> new EngineSubject(setup));
    }

    private static Workload throughput() {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(ours());
        contenders.addAll(others(AT_ONCE, Duration.ZERO, CHUNK));
        return new Workload(
                new Question(
                        "W1",
                        "",
                        "dispatch of calls that cost nothing",
                        "100 000 calls that return at once, 64 at once, with a retry policy, a call timeout of 30 s, and an outcome"
                                + " for each item; nothing durable. What is measured is what it costs to be careful."),
                Protocol.inMemory(100_000, 8, 5),
                Measure.itemsPerSecond(),
                Goal.ratio("as fast as pool, future and timeout by hand", 1.0),
                contenders);
    }

    private static Workload latency() {
        EngineSetup setup = EngineSetup.of(AT_ONCE_SLOW, SLOW);
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Contender(
                "oms-batch",
                Role.OURS,
                "as in W1, 256 calls at once; an outcome is recorded when the journal in memory has it",
                () -> new EngineSubject(setup, new InMemoryJournalStore(InstantSource.system()))));
        contenders.addAll(others(AT_ONCE_SLOW, SLOW, 1));
        return new Workload(
                new Question(
                        "W1b",
                        "",
                        "dispatch of calls that take 20 ms",
                        "5 000 calls that block for 20 ms, 256 at once. Ideal is calls x 20 ms / 256; 1.024 is the least that is"
                                + " possible, because the last round of calls is not full. The lag is from the return of a call until"
                                + " its outcome is recorded."),
                Protocol.inMemory(5_000, 2, 5),
                Measure.wallToIdeal(SLOW, AT_ONCE_SLOW),
                Goal.value("at most 1.045 of the ideal time, and a lag of 50 us in 99 of 100 calls", 1.045),
                contenders);
    }

    private static List<Contender> others(int atOnce, Duration call, int chunk) {
        Duration timeout = EngineSetup.TIMEOUT;
        return List.of(
                contender(
                        "pool, future, timeout",
                        Role.FLOOR,
                        "fixed pool, a CompletableFuture with orTimeout for each item, retry by hand",
                        call,
                        () -> new PoolAndFuture(atOnce, timeout)),
                contender(
                        "pool, future",
                        Role.FLOOR,
                        "the same without a timeout",
                        call,
                        () -> new PoolAndFuture(atOnce, null)),
                contender(
                        "claim loop",
                        Role.FLOOR,
                        "threads that claim the next index, retry by hand, no timeout",
                        call,
                        () -> new ClaimLoop(atOnce)),
                contender(
                        "Resilience4j, semaphore",
                        Role.PEER,
                        Versions.of("resilience4j-retry")
                                + ": semaphore Bulkhead in the submitter, Retry of 3 and TimeLimiter around completion stages over"
                                + " a fixed pool",
                        call,
                        () -> new ResilienceSemaphore(atOnce, timeout)),
                contender(
                        "Resilience4j, thread pool",
                        Role.PEER,
                        Versions.of("resilience4j-retry")
                                + ": ThreadPoolBulkhead with a queue for all items, TimeLimiter, Retry of 3",
                        call,
                        () -> new ResiliencePool(atOnce, timeout)),
                contender(
                        "Failsafe",
                        Role.PEER,
                        Versions.of("failsafe")
                                + ": Bulkhead, RetryPolicy of 3, interrupting Timeout; get on a fixed pool",
                        call,
                        () -> new FailsafeDispatcher(atOnce, timeout)),
                contender(
                        "Reactor",
                        Role.PEER,
                        Versions.of("reactor-core")
                                + ": flatMap of as many calls as may be at once, subscribeOn a fixed pool, timeout, retry(2)",
                        call,
                        () -> new ReactorDispatcher(atOnce, timeout)),
                contender(
                        "Spring Batch",
                        Role.PEER,
                        Versions.of("spring-batch-core") + ": one chunk step of " + chunk
                                + " over as many threads, ResourcelessJobRepository, RetryTemplate of 3 in the processor; no"
                                + " timeout for a call, it has none",
                        call,
                        () -> new SpringBatchDispatcher(atOnce, chunk)));
    }

    private static Contender contender(
            String name, Role role, String configuration, Duration call, Supplier<Dispatcher> dispatcher) {
        return new Contender(name, role, configuration, () -> new DispatchSubject(dispatcher.get(), call));
    }
}
