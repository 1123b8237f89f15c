package io.omsbatch.core.internal.sql.run;

import io.omsbatch.api.journal.RunCursor;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.core.internal.sql.Dialect;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.Sql;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a page has, as a query of their ids: for each value of the column that is filtered by most a branch of its own, which
 * goes along an index of that column and ends after a page, so that no branch reads or sorts more than that.
 *
 * @param text the query
 * @param values what its marks stand for
 */
record RunCondition(String text, List<Object> values) {

    private static final String ORDER = "started_at DESC, run_id DESC";

    /** Parts of a condition and their values, in order. */
    private record Parts(List<String> texts, List<Object> values) {

        Parts() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(String text, Object... more) {
            texts.add(text);
            values.addAll(List.of(more));
        }

        void addOneOf(String column, Collection<?> wanted) {
            if (!wanted.isEmpty()) {
                add(column + " IN " + Sql.marks(wanted.size(), "?"), wanted.toArray());
            }
        }
    }

    static RunCondition of(Dialect database, RunFilter filter, @Nullable RunCursor from, int most) {
        List<String> states = names(filter.states());
        List<String> operations = names(filter.operations());
        List<String> actors = filter.confirmedBy() == null
                ? List.of()
                : List.of(FlatText.id(filter.confirmedBy().name()));
        Parts rest = new Parts();
        within(filter, from, rest);
        if (filter.redriveOf() != null) { // of one run there are few
            rest.addOneOf("state", states);
            rest.addOneOf("operation", operations);
            rest.addOneOf("confirmed_by", actors);
            return branches(database, "redrive_of", List.of(FlatText.id(filter.redriveOf())), rest, most);
        }
        if (!states.isEmpty()) {
            rest.addOneOf("operation", operations);
            rest.addOneOf("confirmed_by", actors);
            return branches(database, "state", states, rest, most);
        }
        if (!operations.isEmpty()) {
            rest.addOneOf("confirmed_by", actors);
            return branches(database, "operation", operations, rest, most);
        }
        return actors.isEmpty() ? all(rest, most) : branches(database, "confirmed_by", actors, rest, most);
    }

    private static List<String> names(Collection<? extends Enum<?>> constants) {
        return constants.stream().<String>map(Enum::name).toList();
    }

    private static void within(RunFilter filter, @Nullable RunCursor from, Parts parts) {
        if (filter.startedFrom() != null) {
            parts.add("started_at >= ?", notBefore(filter.startedFrom()));
        }
        if (filter.startedBefore() != null) {
            parts.add("started_at < ?", notBefore(filter.startedBefore()));
        }
        if (from != null) {
            Instant last = Sql.kept("JournalStore.runs.from", from.startedAt());
            parts.add("started_at <= ? AND (started_at < ? OR run_id < ?)", last, last, FlatText.id(from.runId()));
        }
    }

    private static RunCondition all(Parts rest, int most) {
        Parts parts = new Parts();
        parts.add("1 = 1");
        return new RunCondition(select(parts, rest, ORDER), withLimit(parts, rest, most));
    }

    private static RunCondition branches(Dialect database, String column, List<String> wanted, Parts rest, int most) {
        List<String> texts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (String value : wanted) {
            Parts parts = new Parts();
            parts.add(column + " = ?", value);
            texts.add("(" + select(parts, rest, database.orderAlong(column) + ORDER) + ")");
            values.addAll(withLimit(parts, rest, most));
        }
        return new RunCondition(String.join(" UNION ALL ", texts), values);
    }

    private static String select(Parts parts, Parts rest, String order) {
        List<String> texts = new ArrayList<>(parts.texts());
        texts.addAll(rest.texts());
        return "SELECT run_id, started_at FROM {run} WHERE " + String.join(" AND ", texts) + " ORDER BY " + order
                + " LIMIT ?";
    }

    private static List<Object> withLimit(Parts parts, Parts rest, int most) {
        List<Object> values = new ArrayList<>(parts.values());
        values.addAll(rest.values());
        values.add(most);
        return values;
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
