package io.omsbatch.core.internal.run;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which facts of a run are taken into account here. Facts are written by several threads at once and may be taken into account in
 * another order. Guarded by the run's lock.
 */
final class Chronicle {

    /** Ranges beyond {@link #upTo}, by where they begin. */
    private final TreeMap<Long, Long> beyond = new TreeMap<>();

    private long upTo;
    private long newest;

    /** The run was read up to a fact. */
    void startAt(long last) {
        upTo = last;
        newest = last;
    }

    /** Facts are in the journal and about to be taken into account. */
    void written(long last) {
        newest = Math.max(newest, last);
    }

    /** Facts are taken into account. */
    void taken(long first, long last) {
        written(last);
        beyond.put(first, last);
        // a doubted write may find the equal fact of another just before that one takes it, so a fact may be taken
        // twice
        while (!beyond.isEmpty() && beyond.firstKey() <= upTo + 1) {
            upTo = Math.max(upTo, beyond.pollFirstEntry().getValue());
        }
    }

    /** Returns whether a fact is taken into account. */
    boolean isTaken(long fact) {
        Map.Entry<Long, Long> range = beyond.floorEntry(fact);
        return fact <= upTo || (range != null && fact <= range.getValue());
    }

    /** Returns the fact up to which all are taken into account; 0 before the first. */
    long upTo() {
        return upTo;
    }

    /** Returns the newest fact of which this engine knows. */
    long newest() {
        return newest;
    }
}
