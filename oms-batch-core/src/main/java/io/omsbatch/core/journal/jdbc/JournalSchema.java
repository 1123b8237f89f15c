package io.omsbatch.core.journal.jdbc;

import io.omsbatch.core.journal.jdbc.JournalRefusedException.Kind;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * The journal's tables. A host makes them with {@link #script}, with its own tools and rights, or with {@link #apply}, or lets
 * the journal do it when it opens. Each version is a script of its own that leads from the version before.
 *
 * @since 0.1.0
 */
public final class JournalSchema {

    /** The version of the tables that this release writes. */
    public static final int VERSION = 1;

    private static final int ATTEMPTS = 5;

    private JournalSchema() {}

    /**
     * Returns the statements, each ended by a semicolon, that lead from a version of the tables to {@link #VERSION}.
     *
     * @param database the database they are for
     * @param tablePrefix what the names of all tables begin with, see {@link JdbcJournalSettings#tablePrefix}
     * @param fromVersion the version that is there; 0 for none
     * @return the script; empty if there is nothing to do
     */
    public static String script(JournalDatabase database, String tablePrefix, int fromVersion) {
        return SchemaScripts.released()
                .script(
                        Objects.requireNonNull(database, "database"),
                        JdbcJournalSettings.defaults()
                                .withTablePrefix(tablePrefix)
                                .tablePrefix(),
                        fromVersion);
    }

    /**
     * Makes the tables, or leads older ones to {@link #VERSION}. Of several that do so at once one does; the others wait. Where
     * the database does not take back DDL (H2, MariaDB, MySQL) a crash can leave a part, and applying again goes on from there.
     *
     * @param source where
     * @param settings the prefix and the timeouts
     * @throws JournalRefusedException if the tables are newer, or the database is not one of {@link JournalDatabase}, or does
     *     not answer
     */
    public static void apply(DataSource source, JdbcJournalSettings settings) {
        apply(
                Objects.requireNonNull(source, "source"),
                Objects.requireNonNull(settings, "settings"),
                SchemaScripts.released());
    }

    static void apply(DataSource source, JdbcJournalSettings settings, SchemaScripts scripts) {
        SQLException failure = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (Connection connection = source.getConnection()) {
                JournalDatabase database = JournalDatabase.of(connection);
                SchemaLock.hold(
                        connection,
                        database,
                        settings,
                        () -> applyLocked(connection, database, settings.tablePrefix(), scripts));
                return;
            } catch (SQLException broken) {
                failure = broken; // somebody else may have made the same table just now
            }
        }
        throw new JournalRefusedException(
                Kind.UNREACHABLE,
                "the journal's tables could not be made in " + ATTEMPTS + " attempts: "
                        + (failure == null ? "" : failure.getMessage())
                        + "; make them with JournalSchema.script if this user may not",
                failure);
    }

    private static void applyLocked(
            Connection connection, JournalDatabase database, String prefix, SchemaScripts scripts) throws SQLException {
        int found = version(connection, prefix);
        refuseNewer(found, scripts.version(), prefix);
        for (String statement : scripts.statements(database, prefix, found)) {
            try (Statement executed = connection.createStatement()) {
                executed.execute(statement);
            }
        }
    }

    /** Refuses tables that are missing, older or newer. */
    static void check(Connection connection, String prefix) throws SQLException {
        int found = version(connection, prefix);
        refuseNewer(found, VERSION, prefix);
        if (found < VERSION) {
            throw new JournalRefusedException(
                    Kind.NO_TABLES,
                    (found == 0
                                    ? "there are no journal tables that begin with " + prefix
                                    : "the journal's tables " + prefix + "* have version " + found + ", not " + VERSION)
                            + "; apply JournalSchema.script from version " + found
                            + ", or open with JdbcJournalSettings.withCreateTables(true)",
                    null);
        }
    }

    private static void refuseNewer(int found, int known, String prefix) {
        if (found > known) {
            throw new JournalRefusedException(
                    Kind.NEWER_TABLES,
                    "the journal's tables " + prefix + "* have version " + found + ", and this release knows 1 to "
                            + known + "; use the release that made them, or a newer one",
                    null);
        }
    }

    private static int version(Connection connection, String prefix) throws SQLException {
        if (!exists(connection, prefix + "schema_version")) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT MAX(version) FROM " + prefix + "schema_version")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    /** Looks in the schema that unqualified names mean. */
    private static boolean exists(Connection connection, String table) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String named = data.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
        String pattern = named.replace("_", data.getSearchStringEscape() + "_");
        try (ResultSet tables = data.getTables(connection.getCatalog(), connection.getSchema(), pattern, null)) {
            return tables.next();
        }
    }
}
