package io.omsbatch.core.journal.jdbc;

import io.omsbatch.api.journal.JournalException;
import io.omsbatch.core.internal.sql.Transactions;
import io.omsbatch.core.journal.jdbc.JournalRefusedException.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A database in which a journal can keep its promises.
 *
 * @param database which
 * @param mariaDb whether it is MariaDB
 * @param risks the risks that are there and accepted
 * @param firstId a number from which this journal may count up as far as it likes, and nobody else
 */
record OpenedDatabase(JournalDatabase database, boolean mariaDb, Set<DurabilityRisk> risks, long firstId) {

    private static final int IDS_PER_OPENING = 32;

    static OpenedDatabase of(DataSource source, JdbcJournalSettings settings) {
        try {
            if (settings.createTables()) {
                JournalSchema.apply(source, settings);
            }
            JournalDatabase database;
            boolean mariaDb;
            Set<DurabilityRisk> risks;
            try (Connection connection = source.getConnection()) {
                database = JournalDatabase.of(connection);
                mariaDb = database == JournalDatabase.MYSQL && JournalDatabase.isMariaDb(connection);
                risks = DurabilityRisk.check(connection, database, settings.accepted());
                requireUnicode(connection, database);
                JournalSchema.check(connection, settings.tablePrefix());
            }
            long opening = new Transactions(
                            source, database.dialect(), mariaDb, settings.tablePrefix(), settings.statementTimeout())
                    .run("-", (sql, inDoubt) -> {
                        sql.update("UPDATE {counter} SET opened = opened + 1");
                        return sql.query("SELECT opened FROM {counter}", row -> row.number("opened"))
                                .get(0);
                    });
            return new OpenedDatabase(database, mariaDb, risks, opening << IDS_PER_OPENING);
        } catch (SQLException | JournalException failure) {
            throw new JournalRefusedException(
                    Kind.UNREACHABLE, "the journal's database does not answer: " + failure.getMessage(), failure);
        }
    }

    private static void requireUnicode(Connection connection, JournalDatabase database) throws SQLException {
        if (database != JournalDatabase.POSTGRESQL) {
            return; // H2 knows nothing else, and the MySQL scripts name it
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW server_encoding")) {
            if (rows.next() && !"UTF8".equals(rows.getString(1))) {
                throw new JournalRefusedException(
                        Kind.UNSUPPORTED,
                        "the database's encoding is " + rows.getString(1) + "; create one with ENCODING 'UTF8'",
                        null);
            }
        }
    }
}
