package io.omsbatch.core.internal.sql.plan;

import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.Lockstep;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plan as rows.
 *
 * @param plan the row of the plan itself
 * @param lanes one for each lane
 * @param tasks one for each task, in request order
 */
public record PlanRows(List<Object> plan, List<List<Object>> lanes, List<List<Object>> tasks) {

    /** Returns a plan as rows. */
    public static PlanRows of(long planId, BatchPlan plan) {
        Map<TaskRef, Integer> laneOf = new TreeMap<>();
        List<List<Object>> lanes = new ArrayList<>();
        for (Lane lane : plan.lanes()) {
            lane.tasks().forEach(task -> laneOf.put(task, lane.number()));
            lanes.add(List.of(
                    planId,
                    lane.number(),
                    lane.type().toString(),
                    lane.entryStep().name()));
        }
        List<List<Object>> tasks = new ArrayList<>();
        for (int i = 0; i < plan.entries().size(); i++) {
            PlanEntry entry = plan.entries().get(i);
            tasks.add(PlanTaskRow.values(planId, i + 1, entry, laneOf.get(entry.ref())));
        }
        return new PlanRows(row(planId, plan), lanes, tasks);
    }

    private static List<Object> row(long planId, BatchPlan plan) {
        BatchRequest request = plan.request();
        Map<String, String> detail = new TreeMap<>();
        if (request.policy().budget() != null) {
            detail.put("budget", request.policy().budget().toString());
        }
        if (request.policy().ramp()) {
            detail.put("ramp", "true");
        }
        Waves waves = request.policy().waves();
        if (waves != null) {
            detail.put("waves", waves.text());
            detail.put("waves.budget", waves.budget().toString());
            detail.put("waves.soak", waves.soak().toString());
            if (waves.gateWithin() != null) {
                detail.put("waves.gate", waves.gateWithin().toString());
            }
        }
        FreezeBudget freeze = request.policy().freeze();
        if (freeze != null) {
            detail.put("freeze", freeze.limit().toString());
            detail.put("freeze.end", freeze.atEnd().name());
        }
        Lockstep lockstep = request.policy().lockstep();
        if (lockstep != null) {
            detail.put("lockstep", Boolean.toString(lockstep.barrier()));
            if (lockstep.patience() != null) {
                detail.put("lockstep.patience", lockstep.patience().toString());
            }
        }
        if (request.redriveOf() != null) {
            detail.put("redrive", request.redriveOf());
        }
        for (int i = 0; i < plan.warnings().size(); i++) {
            detail.put("warning." + (i + 1), plan.warnings().get(i));
        }
        return List.of(
                planId,
                FlatText.id(plan.fingerprint()),
                FlatText.id(request.requestId()),
                request.actor().name(),
                request.operation().kind().name(),
                request.operation() instanceof BatchOperation.ModifyAlertLevel modify
                        ? modify.level().name()
                        : Sql.Missing.TEXT,
                plan.plannedAt(),
                plan.validUntil(),
                plan.entries().size(),
                PlanTaskRow.bounded("BatchPlan.warnings", FlatText.values(detail)),
                PlanTable.FORMAT);
    }
}
