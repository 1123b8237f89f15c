package io.omsbatch.examples.postgres.schema;

import io.omsbatch.examples.postgres.database.Session;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * A table of the application.
 *
 * @param name its name
 * @param key the columns of its primary key; empty if it has none
 * @param identifiable whether an update or delete of it can be replicated
 * @param rows about how many rows it has
 */
public record Table(TableName name, List<String> key, boolean identifiable, long rows) {
    private static final String SELECT = "SELECT n.nspname, c.relname,"
            + " coalesce((SELECT array_agg(a.attname::text ORDER BY k.position) FROM pg_index i"
            + "   CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)"
            + "   JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum"
            + "   WHERE i.indrelid = c.oid AND i.indisprimary), '{}'),"
            + " c.relreplident = 'f' OR EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid"
            + "   AND (c.relreplident = 'd' AND i.indisprimary OR c.relreplident = 'i' AND i.indisreplident)),"
            + " greatest(c.reltuples, 0)::bigint"
            + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname !~ '^pg_'"
            + "   AND n.nspname <> 'information_schema'"
            + " ORDER BY 1, 2";

    /** Copies the key. */
    public Table {
        key = List.copyOf(key);
    }

    /** Every ordinary table of a database, by name. */
    public static List<Table> all(Session session) {
        return session.list(
                SELECT,
                row -> new Table(
                        new TableName(row.getString(1), row.getString(2)),
                        texts(row.getArray(3)),
                        row.getBoolean(4),
                        row.getLong(5)));
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
    }
}
