package io.omsbatch.core.internal.limit;

import io.omsbatch.api.SafeText;

/**
 * A resource that tasks share.
 *
 * @param limit which limit it falls under, by its place among those of the engine
 * @param key which of the resources of that limit it is
 */
public record ResourceKey(int limit, String key) {

    private static final int LONGEST = 64;

    /** Returns the key alone, escaped and shortened. */
    @Override
    public String toString() {
        return SafeText.escape(key, LONGEST);
    }
}
