package io.omsbatch.core.internal.sql.plan;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Revision;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.NotUnderstood;
import io.omsbatch.core.internal.sql.Row;
import io.omsbatch.core.internal.sql.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One task of a plan as it was read.
 *
 * @param entry what the plan says of it
 * @param lane the number of its lane, 0 for none
 */
public record PlanTaskRow(PlanEntry entry, int lane) {

    /** Longest text of a detail column, in characters: what H2 and a default MariaDB packet take. */
    static final int DETAIL_LENGTH = 1_000_000;

    private static final String ROUND = "round";

    /** What a plan says of a task. */
    private enum Verdict {
        ELIGIBLE,
        INELIGIBLE,
        DENIED,
        NOT_FOUND
    }

    /** Returns which way the task would go. */
    SwitchoverDirection direction() {
        SwitchoverProgress progress =
                entry instanceof PlanEntry.Eligible eligible ? eligible.task().switchover() : null;
        return progress == null ? SwitchoverDirection.FORWARD : progress.direction();
    }

    /** Refuses a detail that not every database keeps. */
    public static String bounded(String field, String detail) {
        if (detail.length() > DETAIL_LENGTH) {
            throw new InvalidInputException(
                    field, "take " + detail.length() + " characters; the journal keeps at most " + DETAIL_LENGTH);
        }
        return detail;
    }

    static List<Object> values(long planId, int seq, PlanEntry entry, @Nullable Integer lane) {
        MigrationTask task = null;
        Verdict verdict = Verdict.NOT_FOUND;
        Map<String, String> detail = new TreeMap<>();
        if (entry instanceof PlanEntry.Eligible eligible) {
            verdict = Verdict.ELIGIBLE;
            task = eligible.task();
        } else if (entry instanceof PlanEntry.Ineligible ineligible) {
            verdict = Verdict.INELIGIBLE;
            task = ineligible.task();
            for (int i = 0; i < ineligible.reasons().size(); i++) {
                detail.put(
                        "reason." + (i + 1) + ".code",
                        ineligible.reasons().get(i).code());
                detail.put(
                        "reason." + (i + 1) + ".text",
                        ineligible.reasons().get(i).text());
            }
        } else if (entry instanceof PlanEntry.Denied) {
            verdict = Verdict.DENIED;
        }
        List<Object> row = new ArrayList<>(17);
        row.add(planId);
        row.add(seq);
        row.add(FlatText.id(entry.ref().platform()));
        row.add(FlatText.id(entry.ref().id()));
        row.add(verdict.name());
        row.add(lane == null ? Sql.Missing.NUMBER : (Object) lane);
        addTask(row, entry.ref(), task, detail);
        row.add(bounded("PlanEntry of " + entry.ref(), FlatText.values(detail)));
        return row;
    }

    private static void addTask(
            List<Object> row, TaskRef ref, @Nullable MigrationTask task, Map<String, String> detail) {
        if (task == null) {
            row.addAll(Collections.nCopies(10, Sql.Missing.TEXT));
            return;
        }
        if (!task.ref().equals(ref)) {
            throw new InvalidInputException("PlanEntry.task", "is " + task.ref() + " in the entry of " + ref);
        }
        int tag = 0;
        for (String text : new TreeSet<>(task.tags())) {
            tag++;
            detail.put("tag." + tag, text);
        }
        SwitchoverProgress switchover = task.switchover();
        Instant latest = task.latestTimestamp();
        if (switchover != null && switchover.round() > 1) {
            detail.put(ROUND, Integer.toString(switchover.round()));
        }
        boolean derived = task.equals(task.toBuilder().revision(null).build());
        row.add(FlatText.text(task.name()));
        row.add(task.status().name());
        row.add(task.type().toString());
        row.add(task.stage().stage().name());
        row.add(task.stage().state().name());
        row.add(switchover == null ? Sql.Missing.TEXT : switchover.step().name());
        row.add(switchover == null ? Sql.Missing.TEXT : switchover.state().name());
        row.add(task.alertLevel().name());
        row.add(latest == null ? Sql.Missing.TEXT : latest.toString());
        row.add(derived ? Sql.Missing.TEXT : task.revision().value());
    }

    static PlanTaskRow read(Row row) throws SQLException {
        TaskRef ref = new TaskRef(row.id("platform"), row.id("task"));
        try {
            Map<String, String> detail = FlatText.readValues(row.text("detail"));
            MigrationTask task = row.textOrNull("name") == null ? null : task(row, ref, detail);
            PlanEntry entry = switch (row.oneOf(Verdict.class, "verdict")) {
                case ELIGIBLE -> {
                    if (task == null) {
                        throw new NotUnderstood("it is eligible, but was not read");
                    }
                    yield new PlanEntry.Eligible(task);
                }
                case INELIGIBLE -> new PlanEntry.Ineligible(ref, task, reasons(detail));
                case DENIED -> new PlanEntry.Denied(ref);
                case NOT_FOUND -> new PlanEntry.NotFound(ref);
            };
            return new PlanTaskRow(entry, row.smallNumber("lane"));
        } catch (IllegalArgumentException | DateTimeParseException | InvalidInputException | NotUnderstood wrong) {
            throw new NotUnderstood("task " + ref + " of its plan: " + wrong.getMessage());
        }
    }

    private static MigrationTask task(Row row, TaskRef ref, Map<String, String> detail) throws SQLException {
        Set<String> tags = new HashSet<>();
        for (String tag = detail.get("tag.1"); tag != null; tag = detail.get("tag." + (tags.size() + 1))) {
            tags.add(tag);
        }
        String latest = row.textOrNull("latest_at");
        String revision = row.textOrNull("revision");
        return MigrationTask.builder(ref)
                .name(FlatText.readText(row.text("name")))
                .status(row.oneOf(TaskStatus.class, "status"))
                .type(type(row.text("migration_type")))
                .stage(row.oneOf(Stage.class, "stage"), row.oneOf(StageProgress.State.class, "stage_state"))
                .switchover(
                        row.textOrNull("step") == null
                                ? null
                                : new SwitchoverProgress(
                                        row.oneOf(SwitchoverStep.class, "step"),
                                        row.oneOf(SwitchoverProgress.State.class, "step_state"),
                                        Integer.parseInt(detail.getOrDefault(ROUND, "1"))))
                .alertLevel(row.oneOf(AlertLevel.class, "alert_level"))
                .latestTimestamp(latest == null ? null : Instant.parse(latest))
                .tags(tags)
                .revision(revision == null ? null : new Revision(revision))
                .build();
    }

    private static List<Reason> reasons(Map<String, String> detail) {
        List<Reason> reasons = new ArrayList<>();
        for (String code = detail.get("reason.1.code");
                code != null;
                code = detail.get("reason." + (reasons.size() + 1) + ".code")) {
            reasons.add(new Reason(code, String.valueOf(detail.get("reason." + (reasons.size() + 1) + ".text"))));
        }
        return reasons;
    }

    /** Reads what {@link MigrationType#toString} wrote. */
    static MigrationType type(String written) {
        if (written.equals("NONE")) {
            return MigrationType.of();
        }
        List<MigrationType.Part> parts = new ArrayList<>();
        for (String part : written.split("\\+", -1)) {
            parts.add(MigrationType.Part.valueOf(part));
        }
        return MigrationType.of(parts);
    }
}
