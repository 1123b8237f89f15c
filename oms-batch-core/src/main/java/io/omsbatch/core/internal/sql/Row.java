package io.omsbatch.core.internal.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The row on which a result stands, by column names. */
public final class Row {

    private final ResultSet results;
    private final Dialect database;

    Row(ResultSet results, Dialect database) {
        this.results = results;
        this.database = database;
    }

    /** Returns a text, or null if there is none. */
    @Nullable
    public String textOrNull(String column) throws SQLException {
        return results.getString(column);
    }

    /** Returns a text that must be there. */
    public String text(String column) throws SQLException {
        String text = results.getString(column);
        if (text == null) {
            throw new NotUnderstood("there is no value in column " + column);
        }
        return text;
    }

    /** Returns an identifier as it was before {@link FlatText#id}. */
    public String id(String column) throws SQLException {
        return FlatText.readId(text(column));
    }

    /** Returns an identifier as it was before {@link FlatText#id}, or null if there is none. */
    @Nullable
    public String idOrNull(String column) throws SQLException {
        String id = results.getString(column);
        return id == null ? null : FlatText.readId(id);
    }

    /** Returns a number, 0 if there is none. */
    public long number(String column) throws SQLException {
        return results.getLong(column);
    }

    /** Returns a number, or null if there is none. */
    @Nullable
    public Long numberOrNull(String column) throws SQLException {
        long number = results.getLong(column);
        return results.wasNull() ? null : number;
    }

    /** Returns a number, 0 if there is none. */
    public int smallNumber(String column) throws SQLException {
        return results.getInt(column);
    }

    /** Returns whether a flag is set. */
    public boolean flag(String column) throws SQLException {
        return results.getBoolean(column);
    }

    /** Returns a time that must be there. */
    public Instant time(String column) throws SQLException {
        if (database == Dialect.MYSQL) {
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

    /** Returns a constant by its name, which this version must know. */
    public <E extends Enum<E>> E oneOf(Class<E> type, String column) throws SQLException {
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
    public void requireFormat(int known) throws SQLException {
        int format = results.getInt("format");
        if (format < 1 || format > known) {
            throw new NotUnderstood("its format is " + format + ", and this version knows 1 to " + known);
        }
    }
}
