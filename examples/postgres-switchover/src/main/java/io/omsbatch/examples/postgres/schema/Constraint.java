package io.omsbatch.examples.postgres.schema;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.database.Sql;
import java.util.List;

/**
 * A constraint of a table.
 *
 * @param table its table
 * @param name its name
 * @param definition as PostgreSQL writes it
 */
public record Constraint(TableName table, String name, String definition) {
    /** Keys first, because foreign keys need them. */
    static final String KEYS_AND_CHECKS = "k.contype IN ('p', 'u', 'x', 'c')";

    private static final String FOREIGN_KEYS = "k.contype = 'f'";
    private static final String MINE = "conname = ? AND conrelid = to_regclass(?)";

    /** Every foreign key of a database. */
    public static List<Constraint> foreignKeys(Session session) {
        return all(session, FOREIGN_KEYS);
    }

    static List<Constraint> all(Session session, String condition) {
        return session.list(
                "SELECT n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid) FROM pg_constraint k"
                        + " JOIN pg_class c ON c.oid = k.conrelid AND c.relkind = 'r'"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND " + condition
                        + " ORDER BY k.contype <> 'p', 1, 2, 3",
                row -> new Constraint(
                        new TableName(row.getString(1), row.getString(2)), row.getString(3), row.getString(4)));
    }

    /** Whether a database has it. */
    public boolean isThere(Session session) {
        return session.isTrue("SELECT EXISTS (SELECT FROM pg_constraint WHERE " + MINE + ")", name, regclass());
    }

    /** Whether a database has it and has checked every row against it. */
    public boolean isValid(Session session) {
        return session.isTrue(
                "SELECT EXISTS (SELECT FROM pg_constraint WHERE " + MINE + " AND convalidated)", name, regclass());
    }

    /** The statement that adds it, with a suffix such as {@code NOT VALID}. */
    public String addition(String suffix) {
        return "ALTER TABLE " + table.quoted() + " ADD CONSTRAINT " + Sql.name(name) + " " + definition + suffix;
    }

    /** The statement that removes it where it is there. */
    public String removal() {
        return "ALTER TABLE " + table.quoted() + " DROP CONSTRAINT IF EXISTS " + Sql.name(name);
    }

    /** The statement that checks every row. */
    public String validation() {
        return "ALTER TABLE " + table.quoted() + " VALIDATE CONSTRAINT " + Sql.name(name);
    }

    @Override
    public String toString() {
        return table + "." + name;
    }

    private String regclass() {
        return table.quoted();
    }
}
