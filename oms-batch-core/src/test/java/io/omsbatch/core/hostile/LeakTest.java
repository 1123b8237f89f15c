package io.omsbatch.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.SystemEnvironment;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.core.settings.ResourceLimit;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName("After 10 000 runs an engine")
class LeakTest {

    private static final Logger LOG = LoggerFactory.getLogger(LeakTest.class);
    private static final int RUNS = 10_000;

    /** By then everything that is remembered on purpose (100 runs, 1 000 plans) is full. */
    private static final int WARM = 2_000;

    /** Less than 8 000 runs can leave behind at 600 bytes each. */
    private static final long BOUND = 4_800_000;

    private static final Duration LONG = Duration.ofHours(1);

    private int requests;

    private BatchRun run(BatchEngine engine, List<TaskRef> tasks, BatchListener listener) throws InterruptedException {
        BatchOperation operation = requests++ % 2 == 0 ? BatchOperation.stop() : BatchOperation.resume();
        BatchRequest request = BatchRequest.of("r" + requests, World.ANN, operation, tasks);
        BatchRun run = engine.run(engine.plan(request).confirm(World.ANN, "because"));
        run.listen(listener);
        BatchReport report = run.await(LONG).orElseThrow();
        assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(tasks.size());
        return run;
    }

    @Test
    @DisplayName("holds no more in its memory than after 2 000: no claim, no listener, no entry of a map")
    void memory() throws InterruptedException {
        MapGateway gateway = new MapGateway(2);
        try (VirtualEnvironment environment = new VirtualEnvironment(1);
                InMemoryJournalStore journal = new InMemoryJournalStore(environment.clock());
                BatchEngine engine = OmsBatch.engine(gateway)
                        .environment(environment)
                        .journal(journal)
                        .limit(ResourceLimit.of("task", task -> task.ref().id() + gateway.commands(), 5))
                        .listener(event -> {})
                        .build()) {
            List<WeakReference<BatchListener>> listeners = new ArrayList<>();
            List<WeakReference<BatchRun>> runs = new ArrayList<>();
            Holdings.Held warm = null;
            long heap = 0;
            for (int i = 1; i <= RUNS; i++) {
                String number = "listener " + i;
                BatchListener listener = event -> assertThat(number).isNotEmpty();
                BatchRun run = run(engine, gateway.refs(), listener);
                if (i <= WARM) {
                    listeners.add(new WeakReference<>(listener));
                    runs.add(new WeakReference<>(run));
                }
                if (i == WARM) {
                    environment.advance(LONG);
                    heap = usedAfterCollection(); // before it is looked who is held, because much is held weakly
                    warm = Holdings.of(engine, journal);
                }
            }
            environment.advance(LONG);
            long grown = usedAfterCollection() - heap;
            Holdings.Held end = heldOnceForgotten(engine, journal, warm.elements() + 100);
            LOG.warn("{} runs: {} held after {}, {} at the end, heap grown by {} bytes", RUNS, warm, WARM, end, grown);
            assertThat(end.claims()).as("claims in the journal").isZero();
            assertThat(end.elements()).as("elements of collections").isLessThanOrEqualTo(warm.elements() + 100);
            assertThat(grown).as("bytes").isLessThan(BOUND);
            assertThat(listeners.stream().filter(listener -> listener.get() != null))
                    .as("listeners of runs that are over and forgotten")
                    .isEmpty();
            assertThat(runs.stream().filter(run -> run.get() != null)).isEmpty();
            assertThat(engine.runs())
                    .as("the last 100, and the one that ended since one began")
                    .hasSizeLessThanOrEqualTo(101);
            assertThat(environment.uncaught()).isEmpty();
        }
    }

    @Test
    @DisplayName("on real threads has as many as before, and none once it is closed")
    void threads() throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        MapGateway gateway = new MapGateway(2);
        int most;
        try (SystemEnvironment environment = SystemEnvironment.create();
                InMemoryJournalStore journal = new InMemoryJournalStore(Clock.systemUTC());
                BatchEngine engine = OmsBatch.engine(gateway)
                        .environment(environment)
                        .journal(journal)
                        .build()) {
            for (int i = 1; i <= 500; i++) {
                run(engine, gateway.refs(), event -> {});
            }
            int warm = others(before).size();
            for (int i = 501; i <= RUNS; i++) {
                run(engine, gateway.refs(), event -> {});
            }
            most = others(before).size();
            LOG.warn("{} runs on {} threads, {} after the first 500", RUNS, most, warm);
            assertThat(most).as("threads after all runs; they were %s", warm).isLessThanOrEqualTo(warm + 16);
            assertThat(Holdings.of(engine, journal).claims()).isZero();
        }
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!others(before).isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(others(before)).as("threads that outlive the engine").isEmpty();
    }

    /** The threads that are not there for the virtual machine itself, nor carry virtual ones, which it keeps. */
    private static List<String> others(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> !name.startsWith("ForkJoinPool") && !name.startsWith("VirtualThread"))
                .toList();
    }

    /** What a collection has cleared leaves a weak map only when the virtual machine's own thread gets to run. */
    private static Holdings.Held heldOnceForgotten(BatchEngine engine, InMemoryJournalStore journal, long elements) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        Holdings.Held held = Holdings.of(engine, journal);
        while (held.elements() > elements && System.nanoTime() - end < 0) {
            System.gc();
            LockSupport.parkNanos(100_000_000);
            held = Holdings.of(engine, journal);
        }
        return held;
    }

    private static long usedAfterCollection() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
