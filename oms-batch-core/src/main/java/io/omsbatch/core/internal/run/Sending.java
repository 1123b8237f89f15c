package io.omsbatch.core.internal.run;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Commands whose intents were written together: each is sent by whichever slot takes it first. Thread-safe. */
final class Sending {

    private final List<Intent> intents;
    private final long writtenIn;
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * Creates it of commands that nobody has taken.
     *
     * @param intents the commands
     * @param writtenIn how long it took to write their intents, in nanoseconds
     */
    Sending(List<Intent> intents, long writtenIn) {
        this.intents = List.copyOf(intents);
        this.writtenIn = writtenIn;
    }

    /** Returns how long it took to write the intents, in nanoseconds, which makes no look too old. */
    long writtenIn() {
        return writtenIn;
    }

    /** Takes the next command, or returns null if all were taken. */
    @Nullable
    Intent take() {
        int next = over() ? intents.size() : taken.getAndIncrement();
        return next < intents.size() ? intents.get(next) : null;
    }

    /** Returns how many were not taken. */
    int left() {
        return Math.max(0, intents.size() - taken.get());
    }

    /** Returns whether all were taken. */
    boolean over() {
        return taken.get() >= intents.size();
    }
}
