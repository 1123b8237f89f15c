package io.omsbatch.api.eligibility;

import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rule that stands beside the matrix: which eligible tasks may go through a switchover together. Same migration
 * type, same way, same step, and that step is not the precheck. Pure.
 *
 * @since 0.1.0
 */
public final class LaneRule {

    private record Key(MigrationType type, SwitchoverDirection direction, SwitchoverStep step) {}

    private LaneRule() {}

    /**
     * Returns why a task may not enter a lane where it stands.
     *
     * @param task a task that is eligible for the forward switchover or the switch back
     * @return the reason, or null if it may
     */
    public static @Nullable Reason refusal(MigrationTask task) {
        SwitchoverProgress progress = Objects.requireNonNull(task, "task").switchover();
        if (progress == null) {
            return new Reason(
                    DenialCode.NOT_IN_SWITCHOVER.name(), "task " + task.ref().id() + " has not entered a switchover");
        }
        return progress.step() == SwitchoverStep.SWITCHOVER_PRECHECK
                ? new Reason(
                        DenialCode.AT_SWITCHOVER_PRECHECK.name(),
                        "task " + task.ref().id() + " is at " + progress
                                + "; a batch is not entered at the precheck: let it pass, or redrive its run")
                : null;
    }

    /**
     * Groups tasks into lanes, in the order of their first tasks.
     *
     * @param tasks eligible tasks that {@link #refusal} lets through
     * @return the lanes
     */
    public static List<Lane> lanes(List<MigrationTask> tasks) {
        Map<Key, List<TaskRef>> groups = new LinkedHashMap<>();
        for (MigrationTask task : Objects.requireNonNull(tasks, "tasks")) {
            SwitchoverProgress progress = task.switchover();
            if (progress != null) {
                groups.computeIfAbsent(
                                new Key(task.type(), progress.direction(), progress.step()), key -> new ArrayList<>())
                        .add(task.ref());
            }
        }
        List<Lane> lanes = new ArrayList<>();
        groups.forEach(
                (key, refs) -> lanes.add(new Lane(lanes.size() + 1, key.type(), key.direction(), key.step(), refs)));
        return List.copyOf(lanes);
    }
}
