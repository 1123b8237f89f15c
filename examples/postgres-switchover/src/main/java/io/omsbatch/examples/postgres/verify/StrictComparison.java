package io.omsbatch.examples.postgres.verify;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.schema.Table;
import io.omsbatch.examples.postgres.verify.RowDigests.Bucket;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** One look at a table that nobody writes. */
final class StrictComparison {
    static final int SHOWN_KEYS = 10;

    private StrictComparison() {}

    static TableResult of(Session from, Session to, Table table) {
        RowDigests digests = new RowDigests(table);
        SortedMap<Integer, Bucket> source = digests.buckets(from);
        SortedMap<Integer, Bucket> target = digests.buckets(to);
        Set<Integer> buckets = Differences.between(source, target);
        Set<String> keys = buckets.isEmpty()
                ? Set.of()
                : Differences.between(digests.inBuckets(from, buckets), digests.inBuckets(to, buckets));
        return new TableResult(
                table.name(),
                Bucket.rows(source),
                Bucket.rows(target),
                new TreeSet<>(keys).stream().limit(SHOWN_KEYS).toList(),
                keys.size(),
                0);
    }
}
