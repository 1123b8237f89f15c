package io.omsbatch.core.internal.sql.entry;

import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.AuditCheck.Verdict;
import io.omsbatch.core.internal.audit.HashChain;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.Transactions;
import io.omsbatch.core.internal.sql.plan.ChainedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Follows the chain of a run's facts to the first that does not fit, and says what is wrong with it. */
final class EntryAudit {

    /** Where the number of a fact stands among its chained columns. */
    private static final int SEQUENCE = 1;

    /** A fact as it lies in its table. */
    private record Link(List<Object> row, String hash) {
        long sequence() {
            return ((Number) row.get(SEQUENCE)).longValue();
        }

        boolean fits(HashChain chain, String before, long sequence) {
            List<Object> at = new ArrayList<>(row);
            at.set(SEQUENCE, sequence);
            return chain.link(before, ChainedTable.ENTRY.canonical(at)).equals(hash);
        }
    }

    private final Transactions transactions;
    private final HashChain chain;
    private final @Nullable HashChain unkeyed;
    private final String runId;
    private String head = "";
    private long checked;

    EntryAudit(Transactions transactions, HashChain chain, @Nullable HashChain unkeyed, String runId) {
        this.transactions = transactions;
        this.chain = chain;
        this.unkeyed = unkeyed;
        this.runId = runId;
    }

    /**
     * Checks the facts.
     *
     * @param seal the hash before the first
     * @param last how many there must be at least; more may be written meanwhile
     * @param lastHash the hash of that one
     */
    AuditCheck check(String seal, long last, String lastHash) {
        head = seal;
        List<Link> page;
        do {
            page = page(checked, last);
            for (Link link : page) {
                String wrong = wrong(seal, link);
                if (!wrong.isEmpty()) {
                    return broken(wrong);
                }
                checked++;
                head = link.hash();
            }
        } while (page.size() == ChainAudit.PAGE);
        if (checked < last) {
            return broken("the end is cut off: " + facts(checked + 1, last) + " missing");
        }
        if (!head.equals(lastHash)) {
            return broken("the end is not as it was written: the head is not the hash of the last fact");
        }
        OptionalLong beyond = beyond();
        return beyond.isPresent()
                ? broken("fact " + beyond.getAsLong() + " was added after the end")
                : new AuditCheck(Verdict.INTACT, checked, head, "");
    }

    private AuditCheck broken(String text) {
        return new AuditCheck(Verdict.BROKEN, checked, head, text);
    }

    private static String facts(long from, long to) {
        return from == to ? "fact " + from + " is" : "facts " + from + " to " + to + " are";
    }

    private String wrong(String seal, Link link) {
        long expected = checked + 1;
        if (link.sequence() != expected) {
            return facts(expected, link.sequence() - 1) + " missing";
        }
        if (link.fits(chain, head, expected)) {
            return "";
        }
        if (unkeyed != null && link.fits(unkeyed, head, expected)) {
            return "fact " + expected + " was written by a journal without the key";
        }
        OptionalLong origin = origin(seal, link);
        return origin.isPresent()
                ? "fact " + expected + " was moved: it was written as fact " + origin.getAsLong()
                : "fact " + expected + " is not as it was written: it was changed, or put there";
    }

    /** Looks for the place at which a fact fits, by the hash before that place, or at it if the two changed places. */
    private OptionalLong origin(String seal, Link moved) {
        String before = seal;
        long place = 1;
        List<Link> page;
        do {
            page = page(place - 1, Long.MAX_VALUE);
            for (Link link : page) {
                if (link.sequence() == place
                        && (moved.fits(chain, before, place) || moved.fits(chain, link.hash(), place))) {
                    return OptionalLong.of(place);
                }
                before = link.hash();
                place = link.sequence() + 1;
            }
        } while (page.size() == ChainAudit.PAGE);
        return OptionalLong.empty();
    }

    private List<Link> page(long after, long last) {
        return transactions.run(
                runId,
                (sql, inDoubt) -> sql.query(
                        ChainedTable.ENTRY.select("hash") + "run_id = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT "
                                + ChainAudit.PAGE,
                        row -> {
                            row.requireFormat(EntryTable.FORMAT);
                            return new Link(ChainedTable.ENTRY.values(row), row.text("hash"));
                        },
                        FlatText.id(runId),
                        after,
                        last));
    }

    /** Looks for a fact that the lease does not know of; in one statement, because facts may be written meanwhile. */
    private OptionalLong beyond() {
        return transactions.run(
                runId,
                (sql, inDoubt) -> sql
                        .query(
                                "SELECT e.seq FROM {entry} e JOIN {lease} l ON l.run_id = e.run_id"
                                        + " WHERE e.run_id = ? AND e.seq > l.last_seq ORDER BY e.seq LIMIT 1",
                                row -> row.number("seq"),
                                FlatText.id(runId))
                        .stream()
                        .mapToLong(sequence -> sequence)
                        .findFirst());
    }
}
