package io.omsbatch.core.journal.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings with which a database loses commits that it acknowledged. A journal does not open over one of them unless the host
 * takes the risk by name, and then says that it is not durable.
 *
 * @since 0.1.0
 */
public enum DurabilityRisk {
    /** H2 keeps its data in memory only: the death of the process loses everything. */
    H2_IN_MEMORY(
            JournalDatabase.H2,
            "SELECT CASE WHEN DATABASE_PATH() IS NULL THEN 'in memory' ELSE 'file' END",
            "file",
            "the database's path",
            "use a file, as in jdbc:h2:async:/path/journal;WRITE_DELAY=0"),
    /** H2 holds commits back for up to WRITE_DELAY ms: the death of the process loses them, measured up to 1 405. */
    H2_WRITE_DELAY(
            JournalDatabase.H2,
            "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'",
            "0",
            "WRITE_DELAY",
            "add ;WRITE_DELAY=0 to the JDBC address, or execute SET WRITE_DELAY 0"),
    /**
     * H2 writes over what it no longer needs, and after the death of its process may not find its last commits: H2 2.5 (measured:
     * up to 104 of them, after one death in ten), and earlier versions with a RETENTION_TIME of next to nothing. Measured safe: H2
     * 2.2 to 2.4 with 500 ms or more; the default is 45 000 ms.
     */
    H2_SPACE_REUSE(
            JournalDatabase.H2,
            "SELECT CASE WHEN DATABASE_PATH() IS NULL OR EXISTS (SELECT 1 FROM INFORMATION_SCHEMA.SETTINGS"
                    + " WHERE SETTING_NAME = 'REUSE_SPACE' AND UPPER(SETTING_VALUE) = 'FALSE')"
                    + " OR ((H2VERSION() LIKE '2.2.%' OR H2VERSION() LIKE '2.3.%' OR H2VERSION() LIKE '2.4.%')"
                    + " AND EXISTS (SELECT 1 FROM INFORMATION_SCHEMA.SETTINGS"
                    + " WHERE SETTING_NAME = 'RETENTION_TIME' AND CAST(SETTING_VALUE AS BIGINT) >= 1000)) THEN 'safe'"
                    + " ELSE 'as H2 ' || H2VERSION() || ' does it' END",
            "safe",
            "the reuse of space",
            "use H2 2.2, 2.3 or 2.4 and leave RETENTION_TIME as it is, or add ;REUSE_SPACE=FALSE to the JDBC address,"
                    + " with which the file only grows"),
    /** PostgreSQL does not force its log to the disk: the death of its machine loses commits, or the whole database. */
    POSTGRESQL_FSYNC(JournalDatabase.POSTGRESQL, "SHOW fsync", "on", "fsync", "set fsync = on in postgresql.conf"),
    /** PostgreSQL acknowledges commits before they are in its log: the death of the server loses them. */
    POSTGRESQL_SYNCHRONOUS_COMMIT(
            JournalDatabase.POSTGRESQL,
            "SELECT CASE current_setting('synchronous_commit') WHEN 'off' THEN 'off' ELSE 'on' END",
            "on",
            "synchronous_commit",
            "set synchronous_commit = on for the server, the database and the journal's user"),
    /** InnoDB forces its log to the disk only now and then: the death of the server or its machine loses commits. */
    MYSQL_FLUSH_LOG(
            JournalDatabase.MYSQL,
            "SELECT @@innodb_flush_log_at_trx_commit",
            "1",
            "innodb_flush_log_at_trx_commit",
            "set innodb_flush_log_at_trx_commit = 1"),
    /**
     * The binary log decides about commits after a crash, and is not forced to the disk: the death of the machine loses
     * commits.
     */
    MYSQL_SYNC_BINLOG(
            JournalDatabase.MYSQL,
            "SELECT CASE WHEN @@log_bin = 0 OR @@sync_binlog = 1 THEN 1 ELSE @@sync_binlog END",
            "1",
            "sync_binlog",
            "set sync_binlog = 1, as log_bin is on");

    private final JournalDatabase database;
    private final String question;
    private final String safe;
    private final String setting;
    private final String remedy;

    DurabilityRisk(JournalDatabase database, String question, String safe, String setting, String remedy) {
        this.database = database;
        this.question = question;
        this.safe = safe;
        this.setting = setting;
        this.remedy = remedy;
    }

    /**
     * Looks for the risks of a database.
     *
     * @return those that are there and accepted
     * @throws JournalRefusedException if one is there that is not accepted
     */
    static Set<DurabilityRisk> check(Connection connection, JournalDatabase database, Set<DurabilityRisk> accepted)
            throws SQLException {
        Set<DurabilityRisk> found = EnumSet.noneOf(DurabilityRisk.class);
        StringBuilder problems = new StringBuilder();
        for (DurabilityRisk risk : values()) {
            if (risk.database != database) {
                continue;
            }
            String value = answer(connection, risk.question);
            if (risk.safe.equalsIgnoreCase(value)) {
                continue;
            }
            found.add(risk);
            if (!accepted.contains(risk)) {
                problems.append(risk.setting + " is " + value + ", it must be " + risk.safe + ": " + risk.remedy
                        + ", or accept DurabilityRisk." + risk + "; ");
            }
        }
        if (!problems.isEmpty()) {
            throw new JournalRefusedException(
                    JournalRefusedException.Kind.NOT_DURABLE,
                    "the database could lose what the journal acknowledged: "
                            + problems.substring(0, problems.length() - 2),
                    null);
        }
        return found;
    }

    private static @Nullable String answer(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
