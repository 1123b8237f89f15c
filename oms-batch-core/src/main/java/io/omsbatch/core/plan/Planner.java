package io.omsbatch.core.plan;

import io.omsbatch.api.Limits;
import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.eligibility.LaneRule;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.operation.Wave;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * From a request and what was read to a plan (PLAN-2, PLAN-3, SW-1). Pure: no input, output or clock. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Planner {

    private final EligibilityPolicy policy;
    private final Duration validity;
    private final Set<OperationKind> fourEyes;
    private final boolean durable;

    /**
     * Creates a planner.
     *
     * @param policy judges the tasks
     * @param validity for how long a plan may be confirmed, 1 s to 24 h
     * @param fourEyes which operations need the approval of a second person
     * @param durable whether the journal survives the process; if not, a switchover's plan warns of that
     */
    public Planner(EligibilityPolicy policy, Duration validity, Set<OperationKind> fourEyes, boolean durable) {
        this.policy = new GuardedPolicy(policy);
        this.validity = Limits.range("Planner.validity", validity, Duration.ofSeconds(1), Duration.ofHours(24));
        Limits.elements("Planner.fourEyes", fourEyes, OperationKind.values().length);
        this.fourEyes = Set.copyOf(fourEyes);
        this.durable = durable;
    }

    /**
     * Makes the plan.
     *
     * @param request what is asked for
     * @param seen what is known of each selected task
     * @param now when it was read
     * @return the plan, with one entry per selected task in request order
     */
    public BatchPlan plan(BatchRequest request, Function<TaskRef, Seen> seen, Instant now) {
        Objects.requireNonNull(seen, "seen");
        Objects.requireNonNull(now, "now");
        List<PlanEntry> entries = new ArrayList<>(
                Objects.requireNonNull(request, "request").tasks().size());
        List<MigrationTask> eligible = new ArrayList<>();
        for (TaskRef ref : request.tasks()) {
            PlanEntry entry = entry(request, ref, seen.apply(ref));
            entries.add(entry);
            if (entry instanceof PlanEntry.Eligible chosen) {
                eligible.add(chosen.task());
            }
        }
        boolean switchover = request.operation().kind().isSwitchover();
        return new BatchPlan(
                Fingerprint.of(request, entries),
                request,
                now,
                now.plus(validity),
                entries,
                switchover ? lanes(request, eligible) : List.of(),
                eligible.isEmpty() ? List.of() : warnings(request.operation().kind()));
    }

    private List<String> warnings(OperationKind operation) {
        List<String> warnings = new ArrayList<>();
        if (operation.isSwitchover() && !durable) {
            warnings.add("the journal lives in memory: if this process dies in the middle of the switchover, nobody"
                    + " knows how far each task came");
        }
        if (fourEyes.contains(operation)) {
            warnings.add("the plan needs the approval of another person than the one who asks for it or confirms it");
        }
        return warnings;
    }

    /** Lanes end where waves do, so that no barrier waits for tasks that have not begun. */
    private static List<Lane> lanes(BatchRequest request, List<MigrationTask> eligible) {
        Waves waves = request.policy().waves();
        List<Lane> lanes = new ArrayList<>();
        for (List<MigrationTask> wave : Wave.divide(waves == null ? List.of() : waves.parts(), eligible)) {
            for (Lane lane : LaneRule.lanes(wave)) {
                lanes.add(new Lane(lanes.size() + 1, lane.type(), lane.direction(), lane.entryStep(), lane.tasks()));
            }
        }
        return lanes;
    }

    private PlanEntry entry(BatchRequest request, TaskRef ref, Seen seen) {
        if (seen.denied()) {
            return new PlanEntry.Denied(ref);
        }
        if (seen.unreadable() != null) {
            return new PlanEntry.Ineligible(ref, null, List.of(seen.unreadable()));
        }
        MigrationTask task = seen.task();
        if (task == null) {
            return new PlanEntry.NotFound(ref);
        }
        Verdict verdict = policy.judge(task, request.operation());
        if (!verdict.eligible()) {
            return new PlanEntry.Ineligible(ref, task, verdict.reasons());
        }
        if (request.operation().kind().isSwitchover()) {
            Reason refusal = LaneRule.refusal(task);
            if (refusal != null) {
                return new PlanEntry.Ineligible(ref, task, List.of(refusal));
            }
        }
        return new PlanEntry.Eligible(task);
    }
}
