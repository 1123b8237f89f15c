package io.omsbatch.core.hostile;

import io.omsbatch.api.OmsBatchException;
import io.omsbatch.api.SafeText;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/** Counts how bad input ended, and fails when it ended in another way than is documented, or not at all. */
final class Ends {

    /** Ten times and more what the slowest input takes. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static final int LONGEST_MESSAGE = 20_000;

    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final ExecutorService worker = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "bad input");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Makes a call, and counts how it ended.
     *
     * @param what tells the call in a failure
     * @param tolerated what else may be thrown, because an argument threw it or has another class than it says
     * @param call the call
     * @return whether it returned
     */
    boolean of(String what, Set<Class<? extends Throwable>> tolerated, Callable<?> call) {
        try {
            Object value = worker.submit(call).get(BOUND.toSeconds(), TimeUnit.SECONDS);
            count(value == null ? "returned nothing" : "returned");
            return true;
        } catch (ExecutionException failed) {
            count(kind(what, failed.getCause(), tolerated));
            return false;
        } catch (TimeoutException hanging) {
            throw new AssertionError(what + " did not end within " + BOUND, hanging);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(what, interrupted);
        }
    }

    void count(String kind) {
        counts.computeIfAbsent(kind, any -> new LongAdder()).increment();
    }

    private static String kind(String what, Throwable thrown, Set<Class<? extends Throwable>> tolerated) {
        if (tolerated.contains(thrown.getClass())) {
            return "what the argument itself threw";
        }
        if (thrown instanceof AssertionError failed) {
            throw failed;
        }
        String message = String.valueOf(thrown.getMessage());
        if (thrown instanceof OmsBatchException && safe(message)) {
            return thrown.getClass().getSimpleName();
        }
        if (thrown instanceof NullPointerException && message.matches("[\\w.]+") && !message.equals("null")) {
            return "NullPointerException that names the field";
        }
        throw new AssertionError(
                what + " ended in " + thrown.getClass().getName() + ": " + SafeText.escape(message, 300), thrown);
    }

    /** Whether a text can be logged and shown: one line, nothing that steers a terminal, and not endless. */
    static boolean safe(String text) {
        return text.length() <= LONGEST_MESSAGE && SafeText.escape(text).equals(text);
    }

    long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    void close() {
        worker.shutdownNow();
    }

    /** Returns the counts by kind of end. */
    @Override
    public String toString() {
        return total() + " inputs: " + counts;
    }
}
