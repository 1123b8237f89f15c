package io.omsbatch.core.journal.jdbc;

import io.omsbatch.api.journal.RunCursor;
import io.omsbatch.api.journal.RunFilter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter and a cursor as a condition over runs (r) and their leases (l). Where states are asked for, order and times go by
 * the lease, which keeps them beside the state, so that one index has both.
 *
 * @param text the condition
 * @param order the order, newest first
 * @param values what the marks of the condition stand for
 */
record RunCondition(String text, String order, List<Object> values) {

    static RunCondition of(RunFilter filter, @Nullable RunCursor from) {
        List<String> parts = new ArrayList<>(List.of("1 = 1"));
        List<Object> values = new ArrayList<>();
        String table = filter.states().isEmpty() ? "r" : "l";
        oneOf("l.state", filter.states(), parts, values);
        oneOf("r.operation", filter.operations(), parts, values);
        if (filter.confirmedBy() != null) {
            parts.add("r.confirmed_by = ?");
            values.add(FlatText.id(filter.confirmedBy().name()));
        }
        if (filter.startedFrom() != null) {
            parts.add(table + ".started_at >= ?");
            values.add(notBefore(filter.startedFrom()));
        }
        if (filter.startedBefore() != null) {
            parts.add(table + ".started_at < ?");
            values.add(notBefore(filter.startedBefore()));
        }
        if (from != null) {
            Instant last = Sql.kept("JournalStore.runs.from", from.startedAt());
            parts.add(table + ".started_at <= ? AND (" + table + ".started_at < ? OR " + table + ".run_id < ?)");
            values.addAll(List.of(last, last, FlatText.id(from.runId())));
        }
        return new RunCondition(
                String.join(" AND ", parts), table + ".started_at DESC, " + table + ".run_id DESC", values);
    }

    private static void oneOf(
            String column, Collection<? extends Enum<?>> wanted, List<String> parts, List<Object> values) {
        if (!wanted.isEmpty()) {
            parts.add(column + " IN " + Sql.marks(wanted.size(), "?"));
            wanted.forEach(value -> values.add(value.name()));
        }
    }

    /** The first instant that a database could hold and that is not before this one. */
    private static Instant notBefore(Instant instant) {
        if (instant.isBefore(Sql.EARLIEST)) {
            return Sql.EARLIEST;
        }
        if (instant.isAfter(Sql.LATEST)) {
            return Sql.LATEST;
        }
        Instant kept = instant.truncatedTo(ChronoUnit.MICROS);
        return kept.isBefore(instant) ? kept.plus(1, ChronoUnit.MICROS) : kept;
    }
}
