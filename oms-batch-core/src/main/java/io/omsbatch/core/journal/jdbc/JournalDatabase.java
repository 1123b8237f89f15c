package io.omsbatch.core.journal.jdbc;

import io.omsbatch.core.internal.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/**
 * The databases a journal can live in.
 *
 * @since 0.1.0
 */
public enum JournalDatabase {
    /** H2 2.2 or newer, embedded or as a server. */
    H2,
    /** PostgreSQL 13 or newer. */
    POSTGRESQL,
    /** MariaDB 10.6 or newer, MySQL 8, and what speaks as MySQL does, such as OceanBase in its MySQL mode. */
    MYSQL;

    static JournalDatabase of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "h2" -> H2;
            case "postgresql" -> POSTGRESQL;
            case "mysql", "mariadb", "oceanbase" -> MYSQL;
            default ->
                throw new JournalRefusedException(
                        JournalRefusedException.Kind.UNSUPPORTED,
                        "the database is " + product + "; a journal lives in H2, PostgreSQL, MariaDB or MySQL",
                        null);
        };
    }

    static boolean isMariaDb(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
    }

    /** The folder of this database's scripts. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How statements are written for it. */
    Dialect dialect() {
        return switch (this) {
            case H2 -> Dialect.H2;
            case POSTGRESQL -> Dialect.POSTGRESQL;
            case MYSQL -> Dialect.MYSQL;
        };
    }
}
