package io.omsbatch.core.internal.dry;

import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.engine.DryRun;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.reach.RunFactory;
import io.omsbatch.core.internal.read.Looked;
import io.omsbatch.core.internal.read.PagedRead;
import io.omsbatch.core.internal.read.Readers;
import io.omsbatch.core.internal.run.EngineParts;
import io.omsbatch.core.internal.run.TaskEntry;
import io.omsbatch.core.internal.step.Readiness;
import io.omsbatch.core.internal.step.Sight;
import io.omsbatch.core.workflow.StepSpec;
import io.omsbatch.core.workflow.StepTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out what a run of a plan would do, with the rules of a real run and a gateway through which nothing can be commanded. */
public final class Rehearsal {

    private static final String NOT_READ_ONLY = "the platform makes it only as a step of the switchover";

    private final EngineParts parts;
    private final TaskGateway gateway;
    private final RunFactory factory;
    private final Reading reading;

    /**
     * Creates a rehearsal.
     *
     * @param parts what all runs share
     * @param gateway the sealed gateway
     * @param factory makes runs on that
     * @param reading reads
     */
    public Rehearsal(EngineParts parts, TaskGateway gateway, RunFactory factory, Reading reading) {
        this.reading = reading;
        this.parts = parts;
        this.gateway = gateway;
        this.factory = factory;
    }

    /** Reads something of tasks, and waits for it. */
    public interface Reading {

        /**
         * Reads.
         *
         * @param reader what
         * @param tasks of which tasks
         * @param <T> what is read of each task
         * @return one look per task
         */
        <T> Map<TaskRef, Looked<T>> all(PagedRead.Reader<T> reader, List<TaskRef> tasks);
    }

    /**
     * Finds out what would be done.
     *
     * @param plan the plan
     * @return what would be done
     */
    public DryRun of(BatchPlan plan) {
        PastTimings timings =
                PastTimings.of(parts.journal(), plan.request().operation().kind());
        List<DryRun.Step> steps = steps(plan, timings);
        return new DryRun(plan, checks(plan), steps, estimate(plan, steps, timings.runs()));
    }

    private List<DryRun.Check> checks(BatchPlan plan) {
        List<TaskRef> refs = plan.eligible().stream().map(MigrationTask::ref).toList();
        boolean switchover = isSwitchover(plan);
        boolean prechecks = switchover && parts.capabilities().has(GatewayCapability.PRECHECK_READ_ONLY);
        Map<TaskRef, Looked<SwitchoverSnapshot>> observed =
                switchover ? reading.all(Readers.snapshots((SwitchoverGateway) gateway), refs) : Map.of();
        Map<TaskRef, Looked<List<PrecheckItem>>> found =
                prechecks ? reading.all(Readers.prechecks((SwitchoverGateway) gateway), refs) : Map.of();
        BatchRequest request = plan.request();
        Instant now = parts.environment().clock().instant();
        RunRecord record = new RunRecord("dry-run", plan, plan.confirm(request.actor(), "dry run"), now);
        RunFactory.Draft draft = factory.draft(record);
        List<DryRun.Check> checks = new ArrayList<>();
        Set<TaskRef> eligible = new HashSet<>(refs);
        for (TaskEntry entry : draft.entries()) {
            if (eligible.contains(entry.ref())) {
                Problem obstacle = obstacle(draft, entry, observed.get(entry.ref()), now);
                Looked<List<PrecheckItem>> look = found.get(entry.ref());
                checks.add(check(entry, obstacle, look, switchover && !prechecks && comesTo(entry)));
            }
        }
        return checks;
    }

    private static DryRun.Check check(
            TaskEntry entry, @Nullable Problem obstacle, @Nullable Looked<List<PrecheckItem>> look, boolean unchecked) {
        List<PrecheckItem> items = look == null ? null : look.value();
        Problem failed = look == null ? null : look.problem();
        String why = unchecked ? NOT_READ_ONLY : "";
        if (look != null && items == null) {
            why = failed == null ? "the platform does not know the task" : failed.toString();
        }
        return new DryRun.Check(entry.ref(), entry.name(), obstacle, items, why);
    }

    /** Whether the task has its precheck before it. */
    private static boolean comesTo(TaskEntry entry) {
        int precheck = SwitchoverStep.SWITCHOVER_PRECHECK.number();
        return Objects.requireNonNull(entry.row().step()).number() <= precheck;
    }

    private static @Nullable Problem obstacle(
            RunFactory.Draft draft, TaskEntry entry, @Nullable Looked<SwitchoverSnapshot> look, Instant now) {
        if (look != null && look.problem() != null) {
            return look.problem();
        }
        Sight sight = new Sight(entry.planned(), look == null ? null : look.value());
        Readiness readiness = draft.port().readiness(entry, sight, now);
        TaskOutcome outcome = readiness.outcome();
        if (outcome instanceof TaskOutcome.Stale stale) {
            return stale.problem();
        }
        return outcome == null
                ? readiness.problem()
                : new Problem(outcome.kind().name(), "nothing would be done: " + outcome.text(), "", false);
    }

    private static boolean isSwitchover(BatchPlan plan) {
        return plan.request().operation().kind().isSwitchover();
    }

    private static List<DryRun.Step> steps(BatchPlan plan, PastTimings timings) {
        BatchOperation operation = plan.request().operation();
        List<DryRun.Step> steps = new ArrayList<>();
        int wave = 0;
        for (List<MigrationTask> tasks : plan.waves()) {
            wave++;
            if (isSwitchover(plan)) {
                Set<TaskRef> refs = new HashSet<>();
                tasks.forEach(task -> refs.add(task.ref()));
                for (Lane lane : plan.lanes()) {
                    if (refs.contains(lane.tasks().get(0))) {
                        addSteps(steps, wave, lane, timings);
                    }
                }
            } else {
                StepSpec row = StepTable.operation(operation.kind()).rows().get(0);
                steps.add(new DryRun.Step(
                        wave, 0, operation.kind().title(), false, tasks.size(), timings.of(row.name())));
            }
        }
        return steps;
    }

    private static void addSteps(List<DryRun.Step> steps, int wave, Lane lane, PastTimings timings) {
        for (StepSpec row : StepTable.switchover(lane.direction(), lane.type()).rows()) {
            SwitchoverStep step = Objects.requireNonNull(row.step());
            if (step.number() >= lane.entryStep().number()) {
                boolean operator = row.driver() == StepSpec.Driver.OPERATOR;
                int tasks = lane.tasks().size();
                steps.add(new DryRun.Step(
                        wave, lane.number(), step.title(lane.direction()), operator, tasks, timings.of(row.name())));
            }
        }
    }

    private static DryRun.@Nullable Estimate estimate(BatchPlan plan, List<DryRun.Step> steps, int runs) {
        if (steps.isEmpty() || steps.stream().anyMatch(step -> step.timing() == null)) {
            return null;
        }
        Waves waves = plan.request().policy().waves();
        int last = steps.get(steps.size() - 1).wave();
        Duration typical = waves == null ? Duration.ZERO : waves.soak().multipliedBy(last - 1L);
        Duration p90 = typical;
        for (int wave = 1; wave <= last; wave++) {
            typical = typical.plus(ofWave(steps, wave, false));
            p90 = p90.plus(ofWave(steps, wave, true));
        }
        return new DryRun.Estimate(typical, p90, runs);
    }

    /** The lanes of a wave go side by side. */
    private static Duration ofWave(List<DryRun.Step> steps, int wave, boolean slow) {
        Duration longest = Duration.ZERO;
        Duration ofLane = Duration.ZERO;
        int lane = 0;
        for (DryRun.Step step : steps) {
            DryRun.Timing timing = step.timing();
            if (step.wave() == wave && timing != null) {
                ofLane = step.lane() == lane ? ofLane : Duration.ZERO;
                lane = step.lane();
                ofLane = ofLane.plus(slow ? timing.p90() : timing.typical());
                longest = ofLane.compareTo(longest) > 0 ? ofLane : longest;
            }
        }
        return longest;
    }
}
