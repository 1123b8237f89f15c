package io.omsbatch.core.process;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.LeaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Two engines over one journal and one platform, and threads that do something with both of them at the same moment. */
final class TwoReplicas implements AutoCloseable {

    private static final int THREADS_EACH = 3;

    /** What a thread got, or why it was refused. */
    record Answer<T>(int replica, List<T> got, List<PlanRefusedException.Why> refused) {}

    private final List<JournalStore> journals;
    private final List<BatchEngine> engines;
    private final ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS_EACH);

    /** Nobody renews or looks for abandoned runs by itself here: whatever is taken over is taken over by a race. */
    TwoReplicas(JournalStore one, JournalStore other, Shelf shelf) {
        LeaseSettings long_ = new LeaseSettings(Duration.ofHours(1), Duration.ofMinutes(20), Duration.ofMinutes(50))
                .withPoll(Duration.ofMillis(50));
        journals = List.of(one, other);
        engines = journals.stream()
                .map(journal -> OmsBatch.engine(shelf)
                        .journal(journal)
                        .settings(EngineSettings.defaults().withLease(long_))
                        .build())
                .toList();
    }

    BatchEngine engine(int replica) {
        return engines.get(replica);
    }

    JournalStore journal() {
        return journals.get(0);
    }

    /** Lets all threads do the same at the same moment, half of them with either engine. */
    <T> List<Answer<T>> race(Function<BatchEngine, List<T>> deed) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(2 * THREADS_EACH);
        List<Callable<Answer<T>>> racers = new ArrayList<>();
        for (int i = 0; i < 2 * THREADS_EACH; i++) {
            int replica = i % 2;
            racers.add(() -> {
                start.await();
                try {
                    return new Answer<>(replica, deed.apply(engines.get(replica)), List.of());
                } catch (PlanRefusedException refused) {
                    return new Answer<>(replica, List.of(), List.of(refused.why()));
                }
            });
        }
        List<Answer<T>> answers = new ArrayList<>();
        for (Future<Answer<T>> racer : threads.invokeAll(racers)) {
            try {
                answers.add(racer.get());
            } catch (ExecutionException failed) {
                throw new AssertionError("a racer fell", failed.getCause());
            }
        }
        return answers;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        engines.forEach(BatchEngine::close);
        journals.forEach(JournalStore::close);
    }
}
