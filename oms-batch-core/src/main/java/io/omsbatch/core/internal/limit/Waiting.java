package io.omsbatch.core.internal.limit;

/** A run with tasks for which a resource had no room. */
public interface Waiting extends Wakeable {

    /**
     * Says that there may be room; called before {@link #wake}, with a lock held, so that it must only take that down.
     *
     * @param key the resource
     */
    void freed(ResourceKey key);

    /**
     * Says that every place of a resource is held by a call that was given up and does not return; called without a lock.
     *
     * @param key the resource
     */
    void stuck(ResourceKey key);
}
