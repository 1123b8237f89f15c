package io.omsbatch.core.journal.jdbc;

import io.omsbatch.core.internal.sql.Sql;
import io.omsbatch.core.internal.sql.plan.ChainedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Changes rows of a journal with one run behind its back, and puts them back as they were. */
final class Tampering {

    private final TestDatabase database;
    private final String prefix;

    Tampering(TestDatabase database, JdbcJournalSettings settings) {
        this.database = database;
        this.prefix = settings.tablePrefix();
    }

    /** Statements that are committed one by one. */
    interface Work<T> {
        T run(Sql sql) throws SQLException;
    }

    <T> T with(Work<T> work) {
        try (Connection connection = database.source().getConnection()) {
            return work.run(new Sql(connection, database.kind().dialect(), prefix, 30));
        } catch (SQLException broken) {
            throw new AssertionError(broken);
        }
    }

    int update(String statement, Object... values) {
        return with(sql -> sql.update(statement, values));
    }

    /** Is told of a change while it is there. */
    interface Changed {
        void changed(String column);
    }

    /** Changes each column of one row in turn, the hash too where there is one, and puts it back. */
    void eachColumn(ChainedTable table, String row, Object key, Changed each) {
        boolean hash = table.equals(ChainedTable.RUN) || table.equals(ChainedTable.ENTRY);
        List<String> names = new ArrayList<>(
                table.columns().stream().map(ChainedTable.Column::name).toList());
        List<Object> values =
                with(sql -> sql.query(table.select() + row, table::values, key)).get(0);
        if (hash) {
            names.add("hash");
            values.add(with(sql -> sql.query(
                            "SELECT hash FROM {" + table.name() + "} WHERE " + row, read -> read.text("hash"), key))
                    .get(0));
        }
        for (int i = 0; i < names.size(); i++) {
            Object changed = changed(values.get(i));
            set(table, names.get(i), row, key, values.get(i), changed);
            each.changed(table.name() + "." + names.get(i));
            set(table, names.get(i), row, key, changed, values.get(i));
        }
    }

    /** Sets a column from one value to another, finding the row also if the column is what it is found by. */
    private void set(ChainedTable table, String column, String row, Object key, Object from, Object to) {
        Object now = row.startsWith(column + " =") ? from : key;
        int rows = update("UPDATE {" + table.name() + "} SET " + column + " = ? WHERE " + row, to, now);
        if (rows != 1) {
            throw new AssertionError(rows + " rows were changed in " + table.name() + "." + column);
        }
    }

    private static Object changed(Object value) {
        if (value instanceof Number number) {
            return number.longValue() + 1_000;
        }
        if (value instanceof Instant instant) {
            return instant.plusNanos(1_000);
        }
        if (value instanceof Sql.Missing missing) {
            return missing == Sql.Missing.NUMBER ? 7L : (Object) "x";
        }
        String text = (String) value;
        if (text.length() < 40) {
            return text + "x";
        }
        return (text.startsWith("x") ? "y" : "x") + text.substring(1);
    }
}
