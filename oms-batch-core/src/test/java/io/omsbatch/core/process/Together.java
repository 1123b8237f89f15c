package io.omsbatch.core.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs parts of a test at the same time, because most of their time is spent waiting for processes. */
final class Together {

    private Together() {}

    /** Returns what the parts returned; when all are over, throws what the first one threw that failed. */
    static <T> List<T> run(List<Callable<T>> parts) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(parts.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> part : threads.invokeAll(parts)) {
                results.add(part.get());
            }
            return results;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AssertionError broken) {
                throw broken;
            }
            throw new AssertionError("a part of the test failed", failed.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
