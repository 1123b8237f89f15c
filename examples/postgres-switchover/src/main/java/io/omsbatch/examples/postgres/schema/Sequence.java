package io.omsbatch.examples.postgres.schema;

import io.omsbatch.examples.postgres.database.Session;
import java.util.List;

/**
 * A sequence and where it stands. Replication does not carry sequences.
 *
 * @param name its name
 * @param last the last value it gave
 * @param called whether it gave that value already
 */
public record Sequence(TableName name, long last, boolean called) {

    /** Every sequence of a database. */
    public static List<Sequence> all(Session session) {
        List<TableName> names = session.list(
                "SELECT schemaname, sequencename FROM pg_sequences ORDER BY 1, 2",
                row -> new TableName(row.getString(1), row.getString(2)));
        return names.stream().map(name -> read(session, name)).toList();
    }

    private static Sequence read(Session session, TableName name) {
        return session.one(
                "SELECT last_value, is_called FROM " + name.quoted(),
                row -> new Sequence(name, row.getLong(1), row.getBoolean(2)));
    }

    /** Lets the sequence of this name continue where this one stands. */
    public void continueIn(Session session) {
        session.list("SELECT setval(?::regclass, ?, ?)", row -> true, name.quoted(), last, called);
    }
}
