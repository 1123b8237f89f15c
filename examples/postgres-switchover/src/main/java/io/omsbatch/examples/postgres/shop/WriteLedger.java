package io.omsbatch.examples.postgres.shop;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of its transactions a writer knows to be committed, and which may or may not be: a connection that breaks while it
 * commits tells nobody how that ended, and neither does a writer that is killed then. So each commit is noted before it is asked
 * for, and again once it was acknowledged. In a file, both notes are on the disk before the writer goes on. Thread-safe.
 */
public final class WriteLedger implements AutoCloseable {
    private static final String ASKED = "asked ";
    private static final String COMMITTED = "committed ";

    private final BitSet asked = new BitSet();
    private final BitSet committed = new BitSet();
    private final @Nullable LedgerFile file;

    private WriteLedger(@Nullable LedgerFile file) {
        this.file = file;
    }

    /** One that is forgotten with its process. */
    public static WriteLedger inMemory() {
        return new WriteLedger(null);
    }

    /** One that is kept in a file, with what another process has noted there. */
    public static WriteLedger in(Path path) {
        LedgerFile file = LedgerFile.open(path);
        WriteLedger ledger = new WriteLedger(file);
        for (String line : file.lines()) {
            if (line.startsWith(ASKED)) {
                ledger.asked.set(Integer.parseInt(line.substring(ASKED.length())));
            } else if (line.startsWith(COMMITTED)) {
                ledger.committed.set(Integer.parseInt(line.substring(COMMITTED.length())));
            } else {
                throw new IllegalStateException(path + " has a line that is none of a ledger: " + line);
            }
        }
        return ledger;
    }

    /** Notes that a commit is about to be asked for. */
    synchronized void asked(int row) {
        note(ASKED, row);
        asked.set(row);
    }

    /** Notes that it was acknowledged. */
    synchronized void committed(int row) {
        note(COMMITTED, row);
        committed.set(row);
    }

    /** The number of the first transaction for which no commit was ever asked, nor for any after it; at least 1. */
    synchronized int next() {
        return Math.max(1, asked.length());
    }

    /** How many transactions are known to be committed. */
    public synchronized int committedCount() {
        return committed.cardinality();
    }

    /** How many transactions may be committed or not; while a writer writes, the one it is at may be among them. */
    public synchronized int ambiguousCount() {
        return ambiguous().cardinality();
    }

    /**
     * Compares with what a server has, once nobody writes any more.
     *
     * @param present the numbers of the writer's rows that are there
     */
    public synchronized WriteCount compare(Set<Integer> present) {
        long lost = committed.stream().filter(row -> !present.contains(row)).count();
        long decided = ambiguous().stream().filter(present::contains).count();
        long unexplained = present.stream().filter(row -> !asked.get(row)).count();
        return new WriteCount(committed.cardinality(), lost, decided, unexplained);
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            file.close();
        }
    }

    private BitSet ambiguous() {
        BitSet open = (BitSet) asked.clone();
        open.andNot(committed);
        return open;
    }

    private void note(String what, int row) {
        if (file != null) {
            file.add(what + row);
        }
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
