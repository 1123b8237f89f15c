package io.omsbatch.examples.postgres.replication;

import io.omsbatch.examples.postgres.database.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Turns log positions of a server into times: it remembers how far that server's log had come at which time, so that
 * a server that has applied position p holds everything committed before the last remembered time at which the log had
 * not passed p. One clock, the platform's, so that servers' clocks do not matter. Thread-safe.
 */
public final class Timeline {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * A moment of the server.
     *
     * @param at when
     * @param position how far its log had come
     */
    public record Sample(Instant at, Lsn position) {}

    /** Remembers a moment; moments come in order. */
    public synchronized void add(Instant at, Lsn position) {
        Sample last = samples.peekLast();
        if (last != null && !at.isAfter(last.at())) {
            return;
        }
        samples.addLast(new Sample(at, position));
        Instant oldest = at.minus(REMEMBERED);
        while (samples.getFirst().at().isBefore(oldest)) {
            samples.removeFirst();
        }
    }

    /** Up to which time a target that has applied {@code position} holds everything; empty if that is too long ago. */
    public synchronized Optional<Instant> timeOf(Lsn position) {
        for (Iterator<Sample> back = samples.descendingIterator(); back.hasNext(); ) {
            Sample sample = back.next();
            if (position.reached(sample.position())) {
                return Optional.of(sample.at());
            }
        }
        return Optional.empty();
    }
}
