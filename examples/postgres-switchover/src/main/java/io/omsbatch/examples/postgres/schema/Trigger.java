package io.omsbatch.examples.postgres.schema;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.database.Sql;
import java.util.List;

/**
 * A trigger with the function it calls.
 *
 * @param table its table
 * @param name its name
 * @param function the statement that creates or replaces its function
 * @param definition the statement that creates it
 */
public record Trigger(TableName table, String name, String function, String definition) {

    /** Every trigger of a database that the application made. */
    public static List<Trigger> all(Session session) {
        return session.list(
                "SELECT n.nspname, c.relname, t.tgname, pg_get_functiondef(t.tgfoid), pg_get_triggerdef(t.oid)"
                        + " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE NOT t.tgisinternal AND n.nspname !~ '^pg_' ORDER BY 1, 2, 3",
                row -> new Trigger(
                        new TableName(row.getString(1), row.getString(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5)));
    }

    /** Whether a database has it. */
    public boolean isThere(Session session) {
        return session.isTrue(
                "SELECT EXISTS (SELECT FROM pg_trigger WHERE tgname = ? AND tgrelid = to_regclass(?))",
                name,
                table.quoted());
    }

    /** Creates it where it is absent. */
    public void createIn(Session session) {
        session.execute(function);
        if (!isThere(session)) {
            session.execute(definition);
        }
    }

    /** The statement that removes it where it is there; its function stays, and is replaced when it is created again. */
    public String removal() {
        return "DROP TRIGGER IF EXISTS " + Sql.name(name) + " ON " + table.quoted();
    }

    @Override
    public String toString() {
        return table + "." + name;
    }
}
