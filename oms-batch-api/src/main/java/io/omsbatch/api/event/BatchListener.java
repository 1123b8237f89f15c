package io.omsbatch.api.event;

/**
 * Is told what happens in runs. Events of one run arrive one after the other, in sequence order, on a thread of the
 * environment's executor. One that is added to an engine is told of all its runs in the same way, one event at a time; one that
 * is added to several runs may be told of them at the same time. A listener that throws is logged and told the next event all
 * the same; a slow one delays the events behind it, and never a run: when 10 000 wait for it, it misses the oldest, which it can
 * tell by the gap in the sequence numbers.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BatchListener {

    /**
     * Takes an event.
     *
     * @param event what happened
     */
    void onEvent(BatchEvent event);
}
