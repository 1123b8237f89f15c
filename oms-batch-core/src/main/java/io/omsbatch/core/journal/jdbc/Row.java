package io.omsbatch.core.journal.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The row on which a result stands, by column names. */
final class Row {

    private final ResultSet results;
    private final JournalDatabase database;

    Row(ResultSet results, JournalDatabase database) {
        this.results = results;
        this.database = database;
    }

    @Nullable
    String textOrNull(String column) throws SQLException {
        return results.getString(column);
    }

    String text(String column) throws SQLException {
        String text = results.getString(column);
        if (text == null) {
            throw new NotUnderstood("there is no value in column " + column);
        }
        return text;
    }

    String id(String column) throws SQLException {
        return FlatText.readId(text(column));
    }

    long number(String column) throws SQLException {
        return results.getLong(column);
    }

    @Nullable
    Long numberOrNull(String column) throws SQLException {
        long number = results.getLong(column);
        return results.wasNull() ? null : number;
    }

    int smallNumber(String column) throws SQLException {
        return results.getInt(column);
    }

    boolean flag(String column) throws SQLException {
        return results.getBoolean(column);
    }

    Instant time(String column) throws SQLException {
        if (database == JournalDatabase.MYSQL) {
            LocalDateTime time = results.getObject(column, LocalDateTime.class);
            if (time != null) {
                return time.toInstant(ZoneOffset.UTC);
            }
        } else {
            OffsetDateTime time = results.getObject(column, OffsetDateTime.class);
            if (time != null) {
                return time.toInstant();
            }
        }
        throw new NotUnderstood("there is no value in column " + column);
    }

    <E extends Enum<E>> E oneOf(Class<E> type, String column) throws SQLException {
        String name = text(column);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new NotUnderstood("column " + column + " holds " + name + ", which is no " + type.getSimpleName()
                + " that this version knows");
    }

    /** Refuses what a newer version wrote. */
    void requireFormat(int known) throws SQLException {
        int format = results.getInt("format");
        if (format < 1 || format > known) {
            throw new NotUnderstood("its format is " + format + ", and this version knows 1 to " + known);
        }
    }
}
