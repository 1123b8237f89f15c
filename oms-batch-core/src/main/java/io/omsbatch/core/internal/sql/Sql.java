package io.omsbatch.core.internal.sql;

import io.omsbatch.api.InvalidInputException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements of one transaction. In their text <code>{name}</code> stands for a table, <code>{now}</code> for the store's clock. */
public final class Sql {

    /** Values of one IN list at most, and rows of one batch. */
    public static final int CHUNK = 200;

    /** The first instant that every database holds. */
    public static final Instant EARLIEST = Instant.parse("1000-01-01T00:00:00Z");
    /** The last instant that every database holds. */
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** A missing value, with its type, because a statement is planned by the types of its values. */
    public enum Missing {
        TEXT(Types.VARCHAR),
        NUMBER(Types.INTEGER);

        private final int type;

        Missing(int type) {
            this.type = type;
        }
    }

    /** Reads one row. */
    public interface Reading<T> {
        T read(Row row) throws SQLException;
    }

    private final Connection connection;
    private final Dialect database;
    private final String prefix;
    private final int seconds;

    /** Creates the statements of a connection; tables have the prefix, and a statement so many seconds. */
    public Sql(Connection connection, Dialect database, String prefix, int seconds) {
        this.connection = connection;
        this.database = database;
        this.prefix = prefix;
        this.seconds = seconds;
    }

    /** An instant as it comes back: databases keep microseconds. */
    public static Instant kept(String field, Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new InvalidInputException(field, "is " + instant + "; it must be in the years 1000 to 9999");
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** Returns a value to bind. */
    public static Object orMissing(@Nullable String text) {
        return text == null ? Missing.TEXT : text;
    }

    /** Returns a value to bind. */
    public static Object orMissing(@Nullable Long number) {
        return number == null ? Missing.NUMBER : (Object) number;
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.replace("{now}", database.now())
                .replace("{for append}", database.forAppend())
                .replace("{for claim}", database.forClaim())
                .replace("{", prefix)
                .replace("}", ""));
        if (database != Dialect.POSTGRESQL) {
            statement.setQueryTimeout(seconds);
        }
        return statement;
    }

    /** The present by the store's clock. */
    public Instant now() throws SQLException {
        return query("SELECT {now} AS present", row -> row.time("present")).get(0);
    }

    /** Executes a statement, and returns how many rows it changed. */
    public int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            bind(statement, List.of(values));
            return statement.executeUpdate();
        }
    }

    /** Executes a statement once for each row of values; not at all without rows. */
    public void batch(String sql, Iterable<List<Object>> rows) throws SQLException {
        Iterator<List<Object>> left = rows.iterator();
        if (!left.hasNext()) {
            return;
        }
        try (PreparedStatement statement = prepare(sql)) {
            int size = 0;
            while (left.hasNext()) {
                bind(statement, left.next());
                statement.addBatch();
                size++;
                if (size == CHUNK || !left.hasNext()) {
                    statement.executeBatch();
                    size = 0;
                }
            }
        }
    }

    /** Returns what is read of each row. */
    public <T> List<T> query(String sql, Reading<T> reading, Object... values) throws SQLException {
        return query(sql, reading, List.of(values));
    }

    /** Returns what is read of each row. */
    public <T> List<T> query(String sql, Reading<T> reading, List<Object> values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            bind(statement, values);
            try (ResultSet results = statement.executeQuery()) {
                Row row = new Row(results, database);
                List<T> read = new ArrayList<>();
                while (results.next()) {
                    read.add(reading.read(row));
                }
                return read;
            }
        }
    }

    private void bind(PreparedStatement statement, List<Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value instanceof Missing missing) {
                statement.setNull(i + 1, missing.type);
            } else if (value instanceof Instant instant) {
                Instant kept = instant.truncatedTo(ChronoUnit.MICROS);
                statement.setObject(
                        i + 1,
                        database == Dialect.MYSQL
                                ? LocalDateTime.ofInstant(kept, ZoneOffset.UTC)
                                : kept.atOffset(ZoneOffset.UTC));
            } else if (value instanceof Integer number) {
                statement.setInt(i + 1, number);
            } else if (value instanceof Long number) {
                statement.setLong(i + 1, number);
            } else if (value instanceof Boolean flag) {
                statement.setBoolean(i + 1, flag);
            } else {
                statement.setString(i + 1, (String) value);
            }
        }
    }

    /** <code>(?, ?, ...)</code>, so often. */
    public static String marks(int count, String mark) {
        return "(" + (mark + ", ").repeat(count - 1) + mark + ")";
    }
}
