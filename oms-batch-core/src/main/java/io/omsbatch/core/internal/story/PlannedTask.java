package io.omsbatch.core.internal.story;

import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.workflow.StepSpec;
import io.omsbatch.core.workflow.StepTable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run was confirmed to do with a task.
 *
 * @param run the run
 * @param entry what its plan says of the task
 * @param lane the lane of the task, or null
 * @param wave the number of its wave; 1 if it has none
 */
record PlannedTask(RunRecord run, PlanEntry entry, @Nullable Lane lane, int wave) {

    static PlannedTask of(RunRecord run, TaskRef task) {
        PlanEntry entry = run.plan().entries().stream()
                .filter(planned -> planned.ref().equals(task))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("run " + run.runId() + " has no task " + task));
        Lane lane = run.plan().lanes().stream()
                .filter(each -> each.tasks().contains(task))
                .findFirst()
                .orElse(null);
        int wave = 1;
        if (run.plan().request().policy().waves() != null) {
            List<List<MigrationTask>> waves = run.plan().waves();
            for (int each = 1; each < waves.size(); each++) {
                wave = waves.get(each).stream()
                                .anyMatch(planned -> planned.ref().equals(task))
                        ? each + 1
                        : wave;
            }
        }
        return new PlannedTask(run, entry, lane, wave);
    }

    private BatchRequest request() {
        return run.plan().request();
    }

    /** The steps the run takes the task through; none if it was not eligible. */
    List<StepSpec> rows() {
        if (!(entry instanceof PlanEntry.Eligible eligible)) {
            return List.of();
        }
        OperationKind kind = request().operation().kind();
        return kind.isSwitchover()
                ? StepTable.switchover(kind.direction(), eligible.task().type())
                        .in(request().policy().lockstepOrDefault())
                        .rows()
                : StepTable.operation(kind).rows();
    }

    /** The step at which the task begins. */
    String place() {
        return lane == null
                ? request().operation().kind().name()
                : lane.entryStep().name();
    }

    List<Reason> reasons() {
        return entry instanceof PlanEntry.Ineligible ineligible ? ineligible.reasons() : List.of();
    }

    String text() {
        BatchOperation operation = request().operation();
        String planned = request().actor() + " planned "
                + StoryText.quoted(operation.kind().title());
        if (operation instanceof BatchOperation.ModifyAlertLevel modify) {
            planned += " to " + modify.level();
        }
        if (entry instanceof PlanEntry.Eligible eligible) {
            return planned + " for it: it was " + seen(eligible.task())
                    + (lane == null
                            ? ""
                            : "; it goes with lane " + lane.number() + ", from "
                                    + StoryText.quoted(lane.entryStep().title(lane.direction())) + " on")
                    + (request().policy().waves() == null ? "" : "; it goes with wave " + wave);
        }
        if (entry instanceof PlanEntry.Ineligible ineligible) {
            MigrationTask task = ineligible.task();
            return planned + ", and left it out: "
                    + ineligible.reasons().stream().map(Reason::text).collect(Collectors.joining("; "))
                    + (task == null ? "" : "; it was " + seen(task));
        }
        return planned + ", and left it out: "
                + (entry instanceof PlanEntry.Denied ? "access to it was denied" : "the platform had no such task");
    }

    private static String seen(MigrationTask task) {
        return task.status() + ", at " + (task.switchover() == null ? task.stage() : task.switchover());
    }

    String confirmation() {
        Confirmation confirmation = run.confirmation();
        return confirmation.actor() + " confirmed the plan: " + confirmation.reason()
                + (confirmation.acknowledgedUnknown().contains(entry.ref())
                        ? " (acknowledging that an earlier run had left the task UNKNOWN)"
                        : "")
                + (run.approval() == null
                        ? ""
                        : "; " + run.approval().actor() + " had approved of it: "
                                + run.approval().reason());
    }
}
