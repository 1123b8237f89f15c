package io.omsbatch.examples.postgres.verify;

import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.schema.Table;
import io.omsbatch.examples.postgres.verify.RowDigests.Bucket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a table that is being written: the source, then the target once it has applied everything that the source
 * showed, then again at the few rows that differed because they were changed in between.
 */
final class LiveComparison {
    private static final int ROUNDS = 8;
    /** Seen to differ this often while the source's row stood still: a row that changed there and back fools one look. */
    private static final int LOOKS = 2;

    private final RowDigests digests;
    private final Session from;
    private final Session to;
    private final Consumer<Lsn> catchUp;

    private LiveComparison(RowDigests digests, Session from, Session to, Consumer<Lsn> catchUp) {
        this.digests = digests;
        this.from = from;
        this.to = to;
        this.catchUp = catchUp;
    }

    static TableResult of(Session from, Session to, Table table, Consumer<Lsn> catchUp) {
        RowDigests digests = new RowDigests(table);
        LiveComparison comparison = new LiveComparison(digests, from, to, catchUp);
        SortedMap<Integer, Bucket> source = digests.buckets(from);
        comparison.catchUp();
        SortedMap<Integer, Bucket> target = digests.buckets(to);
        Recheck recheck = comparison.recheck(Differences.between(source, target));
        return new TableResult(
                table.name(),
                Bucket.rows(source),
                Bucket.rows(target),
                recheck.differing().stream().limit(StrictComparison.SHOWN_KEYS).toList(),
                recheck.differing().size(),
                recheck.moving());
    }

    private Recheck recheck(Set<Integer> buckets) {
        if (buckets.isEmpty()) {
            return new Recheck(new TreeSet<>(), 0);
        }
        Map<String, String> source = digests.inBuckets(from, buckets);
        catchUp();
        Set<String> open = Differences.between(source, digests.inBuckets(to, buckets));
        Map<String, Integer> stoodStill = new HashMap<>();
        TreeSet<String> differing = new TreeSet<>();
        for (int round = 0; round < ROUNDS && !open.isEmpty(); round++) {
            Map<String, String> before = digests.ofKeys(from, open);
            catchUp();
            Map<String, String> there = digests.ofKeys(to, open);
            Map<String, String> after = digests.ofKeys(from, open);
            Set<String> still = new HashSet<>();
            for (String key : Differences.between(before, there)) {
                if (!same(before.get(key), after.get(key))) {
                    still.add(key);
                } else if (stoodStill.merge(key, 1, Integer::sum) >= LOOKS) {
                    differing.add(key);
                } else {
                    still.add(key);
                }
            }
            open = still;
        }
        return new Recheck(differing, open.size());
    }

    private void catchUp() {
        // a message of its own comes after every commit that was just seen, and makes them all durable
        catchUp.accept(from.lsn("SELECT pg_logical_emit_message(true, 'oms-batch', 'verification')"));
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return one == null ? other == null : one.equals(other);
    }

    private record Recheck(TreeSet<String> differing, long moving) {}
}
