package io.omsbatch.examples.postgres.verify;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which keys of two maps do not have equal values. */
final class Differences {

    private Differences() {}

    static <K, V> Set<K> between(Map<K, V> source, Map<K, V> target) {
        Set<K> keys = new HashSet<>(source.keySet());
        keys.addAll(target.keySet());
        keys.removeIf(key -> source.containsKey(key) && source.get(key).equals(target.get(key)));
        return keys;
    }
}
