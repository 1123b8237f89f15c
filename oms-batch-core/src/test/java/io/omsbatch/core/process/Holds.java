package io.omsbatch.core.process;

import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds up single commands and writes of a replica, so that its process can be frozen just there, and says when the journal
 * rejects what it writes.
 */
final class Holds {

    private static final Duration MOST = Duration.ofSeconds(20);

    /** What is held once each: what a command orders, or {@code append:} and the kind of a fact. */
    private final Set<String> pending = ConcurrentHashMap.newKeySet();

    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger appending = new AtomicInteger();

    Holds(String what) {
        pending.addAll(Arrays.asList(what.split(",", -1)));
    }

    void release() {
        released.countDown();
    }

    /** Comes back once it may go on, however often the thread is interrupted. */
    void pass(String what) {
        if (!pending.remove(what)) {
            return;
        }
        Words.say(System.out, "HELD", what);
        boolean interrupted = false;
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException kept) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Words.say(System.out, "SENT", what);
    }

    JournalStore journal(JournalStore behind) {
        return (JournalStore) Proxy.newProxyInstance(
                Holds.class.getClassLoader(), new Class<?>[] {JournalStore.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("append")) {
                        return heard(method, call(behind, method, arguments));
                    }
                    appending.incrementAndGet();
                    try {
                        ((List<?>) arguments[2]).forEach(fact -> pass("append:" + ((JournalRecord) fact).kind()));
                        return call(behind, method, arguments);
                    } finally {
                        appending.decrementAndGet();
                    }
                });
    }

    /** Waits until what became of all writes was said; not for longer than the parent waits for the end of the process. */
    void awaitWritten() {
        long end = System.nanoTime() + MOST.toNanos();
        while (appending.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static Object call(JournalStore behind, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(behind, arguments);
        } catch (InvocationTargetException failed) {
            Throwable cause = Objects.requireNonNull(failed.getCause());
            if (cause instanceof JournalException refusal && refusal.kind() == JournalException.Kind.FENCED) {
                Words.say(System.out, "REJECTED", method.getName(), refusal.runId());
            }
            throw cause;
        }
    }

    private static Object heard(Method method, Object answer) {
        if (method.getName().equals("renew") && answer instanceof Set<?> lost) {
            lost.forEach(run -> Words.say(System.out, "REJECTED", "renew", String.valueOf(run)));
        }
        return answer;
    }
}
