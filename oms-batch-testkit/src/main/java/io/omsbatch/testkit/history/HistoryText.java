package io.omsbatch.testkit.history;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a history for people: a line per call and per fact, in order, with seconds since the beginning. Foreign text is
 * escaped.
 *
 * @since 0.1.0
 */
public final class HistoryText {

    private static final int SHOWN_TASKS = 6;

    private record Line(Moment moment, String text) {}

    private final Instant beginning;
    private final List<Line> lines = new ArrayList<>();

    /**
     * Begins an empty history.
     *
     * @param beginning the time that is printed as zero
     */
    public HistoryText(Instant beginning) {
        this.beginning = beginning;
    }

    /**
     * Adds calls.
     *
     * @param calls the calls
     * @return this
     */
    public HistoryText calls(List<GatewayCall> calls) {
        calls.forEach(call -> add(call.begun(), line(call)));
        return this;
    }

    /**
     * Adds facts of a journal.
     *
     * @param entries the facts
     * @return this
     */
    public HistoryText entries(List<RecordedEntry> entries) {
        entries.forEach(entry -> add(entry.moment(), line(entry)));
        return this;
    }

    /**
     * Adds claims.
     *
     * @param claims the claims
     * @return this
     */
    public HistoryText claims(List<RecordedClaim> claims) {
        claims.forEach(claim -> add(
                claim.moment(),
                "claim    " + claim.granted() + (claim.refused().isEmpty() ? "" : " refused " + claim.refused())));
        return this;
    }

    /**
     * Adds what was answered about who owns a run, but for mere renewals.
     *
     * @param leases the answers
     * @return this
     */
    public HistoryText leases(List<RecordedLease> leases) {
        leases.stream()
                .filter(lease -> lease.kind() != RecordedLease.Kind.RENEWED)
                .forEach(lease -> add(
                        lease.moment(),
                        "lease    " + lease.runId() + " " + lease.kind() + " with token "
                                + lease.token().value() + " for " + lease.duration()));
        return this;
    }

    /**
     * Adds a remark.
     *
     * @param moment when it belongs
     * @param text what to say; is escaped
     * @return this
     */
    public HistoryText add(Moment moment, String text) {
        lines.add(new Line(moment, SafeText.escape(text)));
        return this;
    }

    /** Returns the history. */
    public String render() {
        return lines.stream()
                .sorted(Comparator.comparing((Line line) -> line.moment().at()).thenComparing(Line::moment))
                .map(line -> String.format(Locale.ROOT, "%10s  %s%n", time(line.moment()), line.text()))
                .collect(Collectors.joining());
    }

    private String time(@Nullable Moment moment) {
        if (moment == null) {
            return "never";
        }
        return seconds(moment.at());
    }

    private String seconds(Instant at) {
        long millis = Duration.between(beginning, at).toMillis();
        return String.format(Locale.ROOT, "%d.%03ds", millis / 1000, Math.abs(millis % 1000));
    }

    private String line(GatewayCall call) {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%-8s ", call.kind().name().toLowerCase(Locale.ROOT)));
        GatewayCall.Order order = call.order();
        if (order != null) {
            text.append(order.what()).append(' ');
            if (!order.detail().isEmpty()) {
                text.append(order.detail()).append(' ');
            }
        }
        text.append(call.tasks().stream().limit(SHOWN_TASKS).map(TaskRef::id).collect(Collectors.joining(",")));
        if (call.tasks().size() > SHOWN_TASKS) {
            text.append(" and ").append(call.tasks().size() - SHOWN_TASKS).append(" more");
        }
        if (order != null) {
            text.append(" key ").append(order.context().key());
            text.append(" attempt ").append(order.context().attempt());
            text.append(" token ").append(order.context().token());
        }
        text.append(" -> ").append(call.answer().kind()).append(" at ").append(time(call.ended()));
        if (!call.answer().text().isEmpty()) {
            text.append(" \"").append(call.answer().text()).append('"');
        }
        call.answer().tasks().values().stream()
                .limit(SHOWN_TASKS)
                .forEach(task -> text.append(" ").append(brief(task)));
        call.answer().snapshots().entrySet().stream()
                .limit(SHOWN_TASKS)
                .forEach(shown -> text.append(" ").append(brief(shown)));
        if (call.kind().mutates()) {
            text.append(", effect ").append(time(call.timing().effect()));
        }
        return call.note().isEmpty()
                ? text.toString()
                : text.append("  [").append(call.note()).append(']').toString();
    }

    private static String brief(MigrationTask task) {
        return task.ref().id() + "=" + task.status() + " " + task.stage() + " " + task.alertLevel()
                + (task.switchover() == null ? "" : " " + task.switchover());
    }

    private String brief(Map.Entry<TaskRef, SwitchoverSnapshot> shown) {
        SwitchoverSnapshot snapshot = shown.getValue();
        StopPoint stop = snapshot.stopPoint();
        SyncSample sync = snapshot.sync();
        return shown.getKey().id() + "=" + snapshot.progress() + " forward "
                + snapshot.links().forward() + " reverse " + snapshot.links().reverse()
                + (stop == null ? "" : " stop " + stop.position() + " read " + seconds(stop.at()))
                + (sync == null ? "" : " " + sync + ", sampled " + seconds(sync.sampledAt()));
    }

    private static String line(RecordedEntry recorded) {
        JournalRecord fact = recorded.entry().record();
        Subject subject = fact.subject();
        return "journal  " + fact.kind() + " " + fact.code()
                + (subject == null
                        ? ""
                        : " " + subject.task().id() + " " + subject.step() + " attempt " + subject.attempt())
                + (fact.detail().isEmpty() ? "" : " " + new TreeMap<>(fact.detail()));
    }
}
