package io.omsbatch.api.plan;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.task.MigrationTask;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a plan the way the confirmation dialog shows it. */
final class PlanText {

    private PlanText() {}

    static String render(BatchPlan plan) {
        List<MigrationTask> eligible = plan.eligible();
        StringBuilder text = new StringBuilder();
        text.append("Batch ").append(plan.request().operation().kind().title()).append(": ");
        text.append(eligible.size())
                .append(" of ")
                .append(plan.entries().size())
                .append(" selected tasks\n");
        for (MigrationTask task : eligible) {
            text.append("  ").append(SafeText.escape(task.name()));
            if (!task.name().equals(task.ref().id())) {
                text.append(" (").append(task.ref()).append(')');
            }
            text.append("  latest timestamp ")
                    .append(task.latestTimestamp() == null ? "-" : task.latestTimestamp())
                    .append('\n');
        }
        for (Lane lane : plan.lanes()) {
            text.append("  ").append(lane).append('\n');
        }
        if (!plan.request().policy().equals(RunPolicy.none())) {
            text.append("Runs with ")
                    .append(SafeText.escape(plan.request().policy().toString()))
                    .append('\n');
        }
        if (plan.request().policy().waves() != null) {
            int number = 1;
            for (List<MigrationTask> wave : plan.waves()) {
                text.append("  wave ").append(number++).append(": ").append(wave.size());
                text.append(wave.size() == 1 ? " task" : " tasks").append(", from ");
                text.append(wave.get(0).ref()).append(" on\n");
            }
        }
        List<PlanEntry> excluded = plan.excluded();
        if (!excluded.isEmpty()) {
            text.append("Left out: ").append(excluded.size()).append('\n');
            excluded.forEach(entry -> text.append("  ").append(describe(entry)).append('\n'));
        }
        plan.warnings()
                .forEach(warning -> text.append("Warning: ")
                        .append(SafeText.escape(warning))
                        .append('\n'));
        return text.append("Confirm until ")
                .append(plan.validUntil())
                .append('\n')
                .toString();
    }

    private static String describe(PlanEntry entry) {
        if (entry instanceof PlanEntry.Ineligible ineligible) {
            return ineligible.ref() + "  "
                    + ineligible.reasons().stream().map(Reason::toString).collect(Collectors.joining("; "));
        }
        return entry.ref() + (entry instanceof PlanEntry.NotFound ? "  not found" : "  access denied");
    }
}
