package io.omsbatch.core.internal.sql.plan;

import io.omsbatch.core.internal.audit.CanonicalRow;
import io.omsbatch.core.internal.sql.Row;
import io.omsbatch.core.internal.sql.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table whose rows the hash chain is over, and those of its columns that the chain covers: all that never change. Writing and
 * checking go by the same list, so that a row is checked exactly as it was written.
 *
 * @param name the table
 * @param columns the columns, in the order of the chain
 */
public record ChainedTable(String name, List<Column> columns) {

    enum Type {
        TEXT,
        NUMBER,
        TIME
    }

    /** A column and how it is bound. */
    public record Column(String name, Type type) {}

    /** Confirmed runs. */
    public static final ChainedTable RUN =
            of("run", "run_id request_id plan_id# operation confirmed_plan confirmed_by reason started_at@ format#");

    /** Plans. */
    public static final ChainedTable PLAN = of(
            "plan",
            "plan_id# fingerprint request_id actor operation alert_level planned_at@ valid_until@ tasks# detail format#");

    /** Lanes of plans. */
    public static final ChainedTable PLAN_LANE = of("plan_lane", "plan_id# lane# migration_type entry_step");

    /** Tasks that were acknowledged. */
    public static final ChainedTable ACKNOWLEDGED = of("acknowledged", "run_id platform task");

    /** The approvals that runs needed. */
    public static final ChainedTable APPROVED = of("approved", "run_id approved_by reason approved_at@");

    /** Tasks of plans. */
    public static final ChainedTable PLAN_TASK = of(
            "plan_task",
            "plan_id# seq# platform task verdict lane# name status migration_type stage stage_state step step_state"
                    + " alert_level latest_at revision detail");

    /** Facts. */
    public static final ChainedTable ENTRY =
            of("entry", "run_id seq# token# kind platform task step attempt# happened_at@ code detail format# batch#");

    /** Numbers bear a # at their end, times an @. */
    private static ChainedTable of(String name, String columns) {
        return new ChainedTable(
                name,
                Stream.of(columns.split(" ", -1)).map(ChainedTable::column).toList());
    }

    private static Column column(String text) {
        String name = text.substring(0, text.length() - 1);
        return switch (text.charAt(text.length() - 1)) {
            case '#' -> new Column(name, Type.NUMBER);
            case '@' -> new Column(name, Type.TIME);
            default -> new Column(text, Type.TEXT);
        };
    }

    /** The statement that writes a row: the values of the columns, then of those that are not chained. */
    public String insert(String... more) {
        List<String> names = Stream.concat(columns.stream().map(Column::name), Stream.of(more))
                .toList();
        return "INSERT INTO {" + name + "} (" + String.join(", ", names) + ") VALUES " + Sql.marks(names.size(), "?");
    }

    /** The beginning of a query of the columns, and of those that are not chained. */
    public String select(String... more) {
        return "SELECT "
                + Stream.concat(columns.stream().map(Column::name), Stream.of(more))
                        .collect(Collectors.joining(", "))
                + " FROM {" + name + "} WHERE ";
    }

    /** A row as it is about to be written; values after those of the columns are not looked at. */
    public CanonicalRow canonical(List<Object> values) {
        CanonicalRow row = new CanonicalRow();
        for (int i = 0; i < columns.size(); i++) {
            Object value = values.get(i);
            if (value instanceof Sql.Missing) {
                row.missing();
            } else {
                switch (columns.get(i).type()) {
                    case TEXT -> row.text((String) value);
                    case NUMBER -> row.number(((Number) value).longValue());
                    case TIME -> row.time((Instant) value);
                }
            }
        }
        return row;
    }

    /** A row as it was read. */
    public List<Object> values(Row row) throws SQLException {
        List<Object> values = new ArrayList<>(columns.size());
        for (Column column : columns) {
            values.add(
                    switch (column.type()) {
                        case TEXT -> Sql.orMissing(row.textOrNull(column.name()));
                        case NUMBER -> Sql.orMissing(row.numberOrNull(column.name()));
                        case TIME -> row.time(column.name());
                    });
        }
        return values;
    }
}
