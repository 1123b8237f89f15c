package io.omsbatch.examples.postgres.verify;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.database.Sql;
import io.omsbatch.examples.postgres.schema.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The md5 of the rows of one table, as text, computed by the server. Sessions of the platform all write dates, times
 * and floating point numbers in the same way, so equal rows have equal texts on every version. Rows are grouped into
 * 256 buckets by their key, so that two servers can be compared without moving rows.
 */
final class RowDigests {
    private final String rows;

    RowDigests(Table table) {
        if (table.key().isEmpty()) {
            throw new IllegalArgumentException("table " + table.name() + " has no key to compare its rows by");
        }
        String key = table.key().stream().map(Sql::name).collect(Collectors.joining(", "));
        // md5, and not hashtext, which may differ between versions
        this.rows = "(SELECT ROW(" + key + ")::text AS row_key,"
                + " ('x' || substr(md5(ROW(" + key + ")::text), 1, 2))::bit(8)::int AS bucket,"
                + " md5(one_row::text) AS digest FROM " + table.name().quoted() + " AS one_row) AS digests";
    }

    /** One digest of all rows of each bucket that has rows. */
    SortedMap<Integer, Bucket> buckets(Session session) {
        SortedMap<Integer, Bucket> buckets = new TreeMap<>();
        session.list(
                "SELECT bucket, count(*), md5(string_agg(digest, '' ORDER BY row_key COLLATE \"C\")) FROM " + rows
                        + " GROUP BY bucket",
                row -> buckets.put(row.getInt(1), new Bucket(row.getLong(2), row.getString(3))));
        return buckets;
    }

    /** The digest of each row of some buckets, by key. */
    Map<String, String> inBuckets(Session session, Set<Integer> buckets) {
        return read(session, "bucket", "int[]", List.copyOf(buckets));
    }

    /** The digest of each of some rows that are there, by key. */
    Map<String, String> ofKeys(Session session, Set<String> keys) {
        return read(session, "row_key", "text[]", List.copyOf(keys));
    }

    private Map<String, String> read(Session session, String column, String type, List<?> wanted) {
        Map<String, String> digests = new HashMap<>();
        session.list(
                "SELECT row_key, digest FROM " + rows + " WHERE " + column + " = ANY (?::" + type + ")",
                row -> digests.put(row.getString(1), row.getString(2)),
                arrayText(wanted));
        return digests;
    }

    private static String arrayText(List<?> values) {
        return values.stream()
                .map(value -> '"' + String.valueOf(value).replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    /**
     * Some rows of a table.
     *
     * @param rows how many
     * @param digest the md5 over their digests in the order of their keys
     */
    record Bucket(long rows, String digest) {
        /** How many rows there are in all of these. */
        static long rows(Map<Integer, Bucket> buckets) {
            return buckets.values().stream().mapToLong(Bucket::rows).sum();
        }
    }
}
