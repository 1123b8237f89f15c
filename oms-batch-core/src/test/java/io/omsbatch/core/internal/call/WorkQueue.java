package io.omsbatch.core.internal.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source whose work is put in by a test. */
final class WorkQueue extends WorkSource {

    final AtomicInteger unresponsive = new AtomicInteger();
    private final Queue<Work> works = new ConcurrentLinkedQueue<>();

    WorkQueue add(Work work) {
        works.add(work);
        return this;
    }

    List<Work> left() {
        return new ArrayList<>(works);
    }

    @Override
    public @Nullable Work next() {
        return works.poll();
    }

    @Override
    public void unresponsive() {
        unresponsive.incrementAndGet();
    }
}
