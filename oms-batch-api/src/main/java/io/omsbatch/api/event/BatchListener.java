package io.omsbatch.api.event;

/**
 * Is told what happens in runs. Events of one run arrive one after the other, in sequence order, on a thread of the
 * environment's executor; events of different runs may arrive at the same time. A listener that throws is logged and told
 * the next event all the same; a slow one delays the events behind it, and never the run.
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
