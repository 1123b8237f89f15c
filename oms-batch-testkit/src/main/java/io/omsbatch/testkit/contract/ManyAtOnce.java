package io.omsbatch.testkit.contract;

import static io.omsbatch.testkit.contract.JournalSamples.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.TakenRun;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What a store keeps when many threads call it at once. */
final class ManyAtOnce {

    private static final int THREADS = 12;
    private static final int ROUNDS = 20;
    private static final int TASKS = 10;
    private static final int LOOKS = 200;
    private static final String LOOK = ". Look at: whether looking and writing are one atomic action";

    private final JournalStore store;

    ManyAtOnce(JournalStore store) {
        this.store = store;
    }

    void open() {
        for (int round = 0; round < ROUNDS; round++) {
            String request = "q-" + round;
            String prefix = "run-" + round + "-";
            List<RunOpening> openings =
                    together(thread -> store.open(JournalSamples.run(prefix + thread, request), JournalSamples.LEASE));
            long opened = openings.stream()
                    .filter(RunOpening.Opened.class::isInstance)
                    .count();
            assertEquals(1, opened, "RUN-11: how many of " + THREADS + " opened the same request" + LOOK);
            Set<RunOpening> others = new HashSet<>(openings);
            others.removeIf(RunOpening.Opened.class::isInstance);
            assertEquals(1, others.size(), "RUN-11: the others must all get the one run that was opened" + LOOK);
        }
    }

    void takeOver() {
        for (int round = 0; round < ROUNDS; round++) {
            String runId = "run-" + round;
            store.release(runId, RunMemory.opened(store, JournalSamples.run(runId, "q-" + round)));
            List<Optional<TakenRun>> taken =
                    together(thread -> store.takeOver(runId, new Lease("engine-" + thread, Duration.ofMinutes(10))));
            long got = taken.stream().filter(Optional::isPresent).count();
            assertEquals(1, got, "DUR-2: how many of " + THREADS + " took over the same run" + LOOK);
        }
    }

    void claim() {
        List<FencingToken> tokens = IntStream.range(0, THREADS)
                .mapToObj(thread -> RunMemory.opened(store, JournalSamples.run("run-" + thread, "q-" + thread)))
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            String prefix = "task-" + round + "-";
            Set<TaskRef> tasks = new HashSet<>();
            for (int task = 0; task < TASKS; task++) {
                tasks.add(new TaskRef("oms-eu", prefix + task));
            }
            List<Set<TaskRef>> refused =
                    together(thread -> store.claim("run-" + thread, tokens.get(thread), tasks, false, NOW)
                            .keySet());
            for (TaskRef task : tasks) {
                long got = refused.stream().filter(set -> !set.contains(task)).count();
                assertEquals(1, got, "RUN-5: how many of " + THREADS + " runs got the task " + task + LOOK);
            }
        }
    }

    void append() {
        FencingToken token = RunMemory.opened(store, JournalSamples.run("run-1", "q-1"));
        List<Boolean> unused = together(thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                store.append("run-1", token, batch(thread, round));
            }
            return true;
        });
        List<JournalEntry> entries = store.read("run-1", 0, 100_000);
        assertEquals(THREADS * ROUNDS * 2, entries.size(), "RUN-2: how many facts were kept" + LOOK);
        Map<String, Integer> nextOf = new TreeMap<>();
        for (int i = 0; i < entries.size(); i += 2) {
            JournalEntry first = entries.get(i);
            assertEquals(i + 1, first.sequence(), "RUN-2: facts must be numbered without gaps" + LOOK);
            String thread = first.record().detail().get("thread");
            int round = nextOf.merge(String.valueOf(thread), 1, Integer::sum) - 1;
            assertEquals(
                    batch(Integer.parseInt(String.valueOf(thread)), round),
                    List.of(first.record(), entries.get(i + 1).record()),
                    "RUN-2: the facts of one append must stand together and in order" + LOOK);
        }
    }

    void send() {
        FencingToken unused = RunMemory.opened(store, JournalSamples.run("run-1", "q-1"));
        for (int round = 0; round < ROUNDS; round++) {
            String id = "c-" + round;
            List<Boolean> sent = together(thread -> {
                store.send(JournalSamples.command(id, "run-1"));
                return true;
            });
            assertEquals(
                    round + 1,
                    store.commands(Set.of("run-1"), 1_000).size(),
                    "RUN-12: how many commands are there after " + sent.size() + " sent each of them at once" + LOOK);
        }
    }

    void answer() {
        FencingToken token = RunMemory.opened(store, JournalSamples.run("run-1", "q-1"));
        for (int round = 0; round < ROUNDS; round++) {
            String id = "c-" + round;
            store.send(JournalSamples.command(id, "run-1"));
            List<Boolean> unused = together(thread -> {
                if (thread == 0) {
                    store.append("run-1", token, List.of(JournalSamples.answer(id)));
                    return true;
                }
                boolean answered = false;
                for (int look = 0; look < LOOKS && !answered; look++) {
                    answered = thread % 2 == 0
                            ? store.answer("run-1", id).isPresent()
                            : store.commands(Set.of("run-1"), 10).isEmpty();
                }
                assertTrue(
                        !answered
                                || (store.answer("run-1", id).isPresent()
                                        && store.commands(Set.of("run-1"), 10).isEmpty()),
                        "RUN-12: a command left the inbox before its answer was there, or after it" + LOOK);
                return true;
            });
        }
    }

    private static List<JournalRecord> batch(int thread, int round) {
        return IntStream.range(0, 2)
                .mapToObj(part -> new JournalRecord(
                        NOW,
                        JournalRecord.Kind.RESULT,
                        null,
                        "part-" + part,
                        Map.of("thread", Integer.toString(thread), "round", Integer.toString(round))))
                .toList();
    }

    private static <T> List<T> together(IntFunction<T> work) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch ready = new CountDownLatch(THREADS);
        try {
            List<CompletableFuture<T>> futures = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                futures.add(CompletableFuture.supplyAsync(
                        () -> {
                            ready.countDown();
                            awaitUninterruptibly(ready);
                            return work.apply(number);
                        },
                        threads));
            }
            return futures.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted before the others were ready", interrupted);
        }
    }
}
