package io.omsbatch.core.journal.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Tables as text that fits every database: blocks of {@code name=value} lines, one for each row. */
final class GoldenFile {

    private static final List<String> TABLES = List.of(
            "counter",
            "plan",
            "plan_lane",
            "plan_task",
            "run",
            "acknowledged",
            "approval",
            "approved",
            "lease",
            "entry",
            "command",
            "claim",
            "purged");

    private GoldenFile() {}

    /** Writes the tables of a journal in H2. */
    static String dump(TestDatabase database, String prefix) throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + prefix + table + " ORDER BY 1, 2")) {
                    while (rows.next()) {
                        dump.append(FlatText.values(row(table, rows))).append("\n\n");
                    }
                }
            }
        }
        return dump.toString();
    }

    private static Map<String, String> row(String table, ResultSet rows) throws SQLException {
        Map<String, String> values = new TreeMap<>();
        values.put(" table", table);
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            Object value = rows.getObject(column);
            if (value != null) {
                values.put(
                        rows.getMetaData().getColumnName(column).toLowerCase(Locale.ROOT),
                        value instanceof OffsetDateTime time ? time.toInstant().toString() : value.toString());
            }
        }
        return values;
    }

    /** Loads a golden journal into tables that a journal has just made. */
    static void load(TestDatabase database, JdbcJournalSettings settings, String name) throws Exception {
        String text;
        try (InputStream resource = GoldenFile.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IOException("no golden journal " + name);
            }
            text = new String(resource.readAllBytes(), UTF_8);
        }
        try (Connection connection = database.source().getConnection()) {
            Sql sql = new Sql(connection, database.kind().dialect(), settings.tablePrefix(), 30);
            int unused = sql.update("DELETE FROM {counter}");
            for (String block : text.split("\n\n", -1)) {
                if (!block.isBlank()) {
                    insert(connection, sql, settings.tablePrefix(), new TreeMap<>(FlatText.readValues(block)));
                }
            }
        }
    }

    private static void insert(Connection connection, Sql sql, String prefix, Map<String, String> row)
            throws SQLException {
        String table = row.remove(" table");
        List<Object> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery(
                        "SELECT " + String.join(", ", row.keySet()) + " FROM " + prefix + table + " WHERE 1 = 0")) {
            int column = 0;
            for (String value : row.values()) {
                column++;
                values.add(
                        switch (columns.getMetaData().getColumnType(column)) {
                            case Types.BIGINT, Types.INTEGER -> Long.valueOf(value);
                            case Types.BOOLEAN, Types.BIT, Types.TINYINT -> Boolean.valueOf(value);
                            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> Instant.parse(value);
                            default -> value;
                        });
            }
        }
        int unused = sql.update(
                "INSERT INTO {" + table + "} (" + String.join(", ", row.keySet()) + ") VALUES "
                        + Sql.marks(values.size(), "?"),
                values.toArray());
    }
}
