package io.omsbatch.examples.postgres.shop;

import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of its transactions a writer knows to be committed, and which may or may not be: a connection that breaks while
 * it commits tells nobody how that ended. Thread-safe.
 */
public final class WriteLedger {
    private final BitSet committed = new BitSet();
    private final Set<Integer> ambiguous = new TreeSet<>();

    synchronized void committed(int row) {
        committed.set(row);
    }

    synchronized void ambiguous(int row) {
        ambiguous.add(row);
    }

    /** How many transactions are known to be committed. */
    public synchronized int committedCount() {
        return committed.cardinality();
    }

    /** How many transactions may be committed or not. */
    public synchronized int ambiguousCount() {
        return ambiguous.size();
    }

    /**
     * Compares with what a server has.
     *
     * @param present the numbers of the writer's rows that are there
     */
    public synchronized WriteCount compare(Set<Integer> present) {
        long lost = committed.stream().filter(row -> !present.contains(row)).count();
        long decided = ambiguous.stream().filter(present::contains).count();
        long unexplained = present.stream()
                .filter(row -> !committed.get(row) && !ambiguous.contains(row))
                .count();
        return new WriteCount(committed.cardinality(), lost, decided, unexplained);
    }

    /**
     * What became of a writer's rows.
     *
     * @param committed transactions the writer knows to be committed
     * @param lost those of them that are not there
     * @param ambiguousPresent ambiguous transactions that turned out to be there
     * @param unexplained rows that no transaction of the writer can have written
     */
    public record WriteCount(long committed, long lost, long ambiguousPresent, long unexplained) {}
}
