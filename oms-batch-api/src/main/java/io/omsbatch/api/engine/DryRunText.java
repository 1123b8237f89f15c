package io.omsbatch.api.engine;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.switchover.PrecheckItem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The text of a dry run. */
final class DryRunText {

    private DryRunText() {}

    static String of(DryRun run) {
        StringBuilder text = new StringBuilder("Dry run of ")
                .append(run.plan().request().operation())
                .append(" for ")
                .append(run.plan().request().actor())
                .append(": ");
        text.append(run.tasks().size())
                .append(" of ")
                .append(run.plan().entries().size())
                .append(" tasks would take part. Nothing was changed.\n");
        excluded(text, run);
        int wave = 0;
        int lane = 0;
        for (DryRun.Step step : run.steps()) {
            if (step.wave() != wave || step.lane() != lane) {
                text.append("Wave ").append(step.wave());
                text.append(step.lane() == 0 ? "" : ", lane " + step.lane());
                text.append(": ").append(tasks(step.tasks())).append('\n');
            }
            wave = step.wave();
            lane = step.lane();
            step(text, step);
        }
        obstacles(text, run);
        prechecks(text, run);
        DryRun.Estimate estimate = run.estimate();
        text.append(
                estimate == null
                        ? "No estimate: the journal has no ended run that tells how long this takes.\n"
                        : "Would take " + seconds(estimate.typical()) + ", or " + seconds(estimate.p90())
                                + " if much is slow, by " + estimate.runs()
                                + (estimate.runs() == 1 ? " ended run" : " ended runs")
                                + "; waits for operators, lags and gates not counted.\n");
        return text.toString();
    }

    private static void excluded(StringBuilder text, DryRun run) {
        Map<String, Integer> why = new TreeMap<>();
        for (PlanEntry entry : run.plan().excluded()) {
            String reason = entry instanceof PlanEntry.Ineligible ineligible
                    ? ineligible.reasons().get(0).toString()
                    : entry instanceof PlanEntry.NotFound ? "not found" : "access denied";
            why.merge(reason, 1, Integer::sum);
        }
        why.forEach((reason, count) -> text.append("Left out: ")
                .append(tasks(count))
                .append(", ")
                .append(reason)
                .append('\n'));
    }

    private static void step(StringBuilder text, DryRun.Step step) {
        text.append("  ").append(SafeText.escape(step.name()));
        text.append(step.operator() ? ", once an operator confirms" : "");
        DryRun.Timing timing = step.timing();
        if (timing != null) {
            text.append(": ")
                    .append(seconds(timing.typical()))
                    .append(", nine of ten within ")
                    .append(seconds(timing.p90()))
                    .append(" (")
                    .append(timing.samples())
                    .append(timing.samples() == 1 ? " sample)" : " samples)");
        }
        text.append('\n');
    }

    private static void obstacles(StringBuilder text, DryRun run) {
        for (DryRun.Check check : run.tasks()) {
            if (check.obstacle() != null) {
                text.append("Not now: ")
                        .append(SafeText.escape(check.name()))
                        .append(": ")
                        .append(check.obstacle())
                        .append('\n');
            }
        }
    }

    private static void prechecks(StringBuilder text, DryRun run) {
        Map<String, Integer> unchecked = new TreeMap<>();
        int checked = 0;
        for (DryRun.Check check : run.tasks()) {
            List<PrecheckItem> items = check.precheck();
            if (!check.unchecked().isEmpty()) {
                unchecked.merge(check.unchecked(), 1, Integer::sum);
            }
            checked += items == null ? 0 : 1;
            for (PrecheckItem item : items == null ? List.<PrecheckItem>of() : items) {
                if (item.severity() != PrecheckItem.Severity.PASSED) {
                    text.append("Precheck: ")
                            .append(SafeText.escape(check.name()))
                            .append(": ")
                            .append(item)
                            .append('\n');
                }
            }
        }
        if (checked > 0) {
            text.append("Precheck made for ").append(tasks(checked)).append(".\n");
        }
        unchecked.forEach((why, count) -> text.append("Precheck not made for ")
                .append(tasks(count))
                .append(": ")
                .append(SafeText.escape(why))
                .append(".\n"));
    }

    private static String tasks(int count) {
        return count == 1 ? "1 task" : count + " tasks";
    }

    private static String seconds(Duration time) {
        return time.compareTo(Duration.ofSeconds(10)) < 0
                ? time.toMillis() / 1_000 + "." + time.toMillis() % 1_000 / 100 + " s"
                : time.toSeconds() + " s";
    }
}
