package io.omsbatch.core.internal.reach;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.ownership.Leases;
import io.omsbatch.core.internal.ownership.Tenure;
import io.omsbatch.core.internal.run.EngineParts;
import io.omsbatch.core.internal.run.RunExecution;
import io.omsbatch.core.internal.run.RunLedger;
import io.omsbatch.core.internal.run.TaskEntry;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.internal.step.LaneState;
import io.omsbatch.core.internal.step.OperationPort;
import io.omsbatch.core.internal.step.StepPort;
import io.omsbatch.core.internal.switchover.StepRules;
import io.omsbatch.core.internal.switchover.SwitchoverPort;
import io.omsbatch.core.workflow.StepSpec;
import io.omsbatch.core.workflow.StepTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a run of a confirmed plan. */
public final class RunFactory {

    private final EngineParts parts;
    private final TaskGateway gateway;
    private final EligibilityPolicy policy;
    private final Leases leases;

    /**
     * Creates a factory.
     *
     * @param parts what all runs share
     * @param gateway the platform
     * @param policy judges tasks again before their commands; never throws
     * @param leases keeps runs this engine's
     */
    public RunFactory(EngineParts parts, TaskGateway gateway, EligibilityPolicy policy, Leases leases) {
        this.leases = leases;
        this.parts = parts;
        this.gateway = gateway;
        this.policy = policy;
    }

    /** Makes a run of which nothing was done; without a tenure it can only be looked at. */
    RunExecution make(RunRecord record, @Nullable Tenure tenure) {
        BatchOperation operation = record.plan().request().operation();
        boolean switchover = operation.kind().isSwitchover();
        List<LaneState> lanes =
                record.plan().lanes().stream().map(LaneState::new).toList();
        Map<TaskRef, LaneState> laneOf = new HashMap<>();
        for (LaneState state : lanes) {
            Lane lane = state.lane();
            lane.tasks().forEach(ref -> laneOf.put(ref, state));
        }
        List<StepSpec> left = switchover
                ? StepTable.switchover().rows()
                : StepTable.operation(operation.kind()).rows();
        Map<TaskEntry, TaskOutcome> leftOut = new LinkedHashMap<>();
        List<TaskEntry> entries = new ArrayList<>();
        Instant now = record.startedAt();
        for (PlanEntry planned : record.plan().entries()) {
            int index = entries.size();
            if (planned instanceof PlanEntry.Eligible eligible) {
                MigrationTask task = eligible.task();
                TaskEntry entry = switchover
                        ? member(index, task, table(record, task), Objects.requireNonNull(laneOf.get(task.ref())), now)
                        : new TaskEntry(index, task.ref(), task, left, null, now);
                entry.uses(tenure == null ? List.of() : parts.limits().keysOf(task));
                entries.add(entry);
            } else {
                TaskEntry entry = new TaskEntry(index, planned.ref(), null, left, null, now);
                entries.add(entry);
                leftOut.put(entry, outcome(planned));
            }
        }
        Tenure owned = tenure == null ? Tenure.none(record.runId()) : tenure;
        RunLedger ledger = new RunLedger(parts, record, leases, owned, entries, lanes);
        return new RunExecution(ledger, port(ledger), leftOut);
    }

    /**
     * A run that is never begun.
     *
     * @param entries its tasks
     * @param port what is particular to its operation
     */
    public record Draft(List<TaskEntry> entries, StepPort port) {}

    /**
     * Makes a run that is never begun, to see what it would do.
     *
     * @param record the plan
     * @return its tasks, each at its first step, and its rules
     */
    public Draft draft(RunRecord record) {
        RunLedger ledger = make(record, null).ledger();
        return new Draft(ledger.entries(), port(ledger));
    }

    /** Whether the gateway can do what a run is for; one that cannot be driven here can still be looked at. */
    boolean drives(RunRecord record) {
        return !record.plan().request().operation().kind().isSwitchover() || gateway instanceof SwitchoverGateway;
    }

    private StepPort port(RunLedger ledger) {
        RunRecord record = ledger.record();
        BatchOperation operation = record.plan().request().operation();
        if (!operation.kind().isSwitchover() || !drives(record)) {
            return new OperationPort(gateway, operation, policy);
        }
        return new SwitchoverPort(
                (SwitchoverGateway) gateway,
                operation,
                policy,
                new StepRules(
                        parts.settings().switchover(), ledger.freeze(), ledger.freezeTimings(), parts.capabilities()));
    }

    private static StepTable table(RunRecord record, MigrationTask task) {
        BatchRequest request = record.plan().request();
        return StepTable.switchover(request.operation().kind().direction(), task.type())
                .in(request.policy().lockstepOrDefault());
    }

    /** A task enters its switchover at the step where it stands, or at the next if that one is over. */
    private TaskEntry member(int index, MigrationTask task, StepTable table, LaneState lane, Instant now) {
        List<StepSpec> rows = table.rows();
        boolean ledOn = parts.capabilities().has(GatewayCapability.SELF_ADVANCING);
        SwitchoverProgress progress = Objects.requireNonNull(task.switchover());
        int row = 0;
        while (row < rows.size() - 1
                && progress.isOver(Objects.requireNonNull(rows.get(row).step()))) {
            row++;
        }
        boolean throughBarrier = rows.subList(0, row).stream().anyMatch(StepSpec::barrier);
        TaskEntry entry =
                new TaskEntry(index, task.ref(), task, rows, new LaneMember(lane, throughBarrier, ledOn), now);
        entry.enterAt(row);
        return entry;
    }

    private static TaskOutcome outcome(PlanEntry leftOut) {
        if (leftOut instanceof PlanEntry.Ineligible ineligible) {
            return new TaskOutcome.Ineligible(ineligible.reasons());
        }
        return leftOut instanceof PlanEntry.NotFound ? new TaskOutcome.NotFound() : new TaskOutcome.Denied();
    }
}
