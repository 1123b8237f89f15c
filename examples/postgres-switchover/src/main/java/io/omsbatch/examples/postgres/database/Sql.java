package io.omsbatch.examples.postgres.database;

/** Quotes names and texts for the statements that take no parameters. */
public final class Sql {

    private Sql() {}

    /** A name, quoted. */
    public static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text, quoted. */
    public static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
