package io.omsbatch.api.outcome;

import io.omsbatch.api.SafeText;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a report for a terminal: the number that succeeded, and for each other task what to do about it. */
final class ReportText {

    private ReportText() {}

    static String render(BatchReport report) {
        StringBuilder text = new StringBuilder("Batch ");
        text.append(report.request().operation().kind().title());
        text.append(": ")
                .append(report.results().size())
                .append(report.results().size() == 1 ? " task, " : " tasks, ");
        text.append(report.counts().entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().title())
                .collect(Collectors.joining(", ")));
        text.append(" in ").append(seconds(Duration.between(report.startedAt(), report.endedAt())));
        text.append("\nConfirmed by ").append(report.confirmation().actor());
        text.append(": ").append(SafeText.escape(report.confirmation().reason()));
        text.append(" (run ").append(SafeText.escape(report.runId())).append(")\n");
        if (report.approval() != null) {
            text.append("Approved by ").append(report.approval().actor());
            text.append(": ")
                    .append(SafeText.escape(report.approval().reason()))
                    .append('\n');
        }
        for (Waiver waiver : report.waivers()) {
            text.append("  waived ").append(waiver).append('\n');
        }
        for (TaskResult result : report.results()) {
            if (!result.outcome().successful()) {
                text.append("  ").append(result);
                if (result.attempts() > 0) {
                    text.append(" [")
                            .append(result.attempts())
                            .append(result.attempts() == 1 ? " attempt]" : " attempts]");
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
