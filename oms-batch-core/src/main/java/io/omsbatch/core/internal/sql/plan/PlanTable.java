package io.omsbatch.core.internal.sql.plan;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.Lockstep;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.NotUnderstood;
import io.omsbatch.core.internal.sql.Row;
import io.omsbatch.core.internal.sql.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plans as rows: one for the plan, one for each lane, one for each task. A plan that was saved bears its fingerprint in saved_as. */
public final class PlanTable {

    static final int FORMAT = 1;

    /** Expired plans dropped with one that is saved; more are left to the next one. */
    private static final int DROPPED_AT_ONCE = 20;

    private PlanTable() {}

    /** Saves a plan that awaits consent, over one of the same fingerprint, and drops some that expired. */
    public static void save(Sql sql, long planId, BatchPlan plan, Instant now) throws SQLException {
        Optional<Long> old = find(sql, plan.fingerprint());
        List<Long> expired = sql.query(
                "SELECT plan_id FROM {plan} WHERE saved_as IS NOT NULL AND valid_until < ? LIMIT " + DROPPED_AT_ONCE,
                row -> row.number("plan_id"),
                now);
        if (old.isPresent()) {
            drop(sql, old.get());
        }
        for (long drop : expired) {
            sql.update(
                    "DELETE FROM {approval} WHERE approved_plan IN (SELECT fingerprint FROM {plan} WHERE plan_id = ?)",
                    drop);
            drop(sql, drop);
        }
        insert(sql, PlanRows.of(planId, plan), FlatText.id(plan.fingerprint()));
    }

    /** A plan awaits consent no longer; its rows are deleted unless they are those of a run. */
    private static void drop(Sql sql, long planId) throws SQLException {
        List<Long> there = sql.query(
                "SELECT plan_id FROM {plan} WHERE plan_id = ? FOR UPDATE", row -> row.number("plan_id"), planId);
        List<Long> confirmed = sql.query(
                "SELECT r.plan_id FROM {plan} p JOIN {run} r ON r.request_id = p.request_id AND r.plan_id = p.plan_id"
                        + " WHERE p.plan_id = ?",
                row -> row.number("plan_id"),
                planId);
        if (confirmed.isEmpty()) {
            delete(sql, planId);
        } else if (!there.isEmpty()) {
            forget(sql, planId);
        }
    }

    /** Makes a plan one that awaits no consent. */
    public static void forget(Sql sql, long planId) throws SQLException {
        sql.update("UPDATE {plan} SET saved_as = NULL WHERE plan_id = ?", planId);
    }

    /** Returns the number of the rows of a plan that awaits consent, which are locked, so that they stay together. */
    public static Optional<Long> find(Sql sql, String fingerprint) throws SQLException {
        return sql
                .query(
                        "SELECT plan_id FROM {plan} WHERE saved_as = ? FOR UPDATE",
                        row -> row.number("plan_id"),
                        FlatText.id(fingerprint))
                .stream()
                .findFirst();
    }

    /** Deletes a plan. */
    public static void delete(Sql sql, long planId) throws SQLException {
        sql.update("DELETE FROM {plan} WHERE plan_id = ?", planId);
        sql.update("DELETE FROM {plan_lane} WHERE plan_id = ?", planId);
        sql.update("DELETE FROM {plan_task} WHERE plan_id = ?", planId);
    }

    /** Writes a plan; {@code savedAs} is its fingerprint while it awaits consent. */
    public static void insert(Sql sql, PlanRows rows, Object savedAs) throws SQLException {
        List<Object> plan = new ArrayList<>(rows.plan());
        plan.add(savedAs);
        sql.update(ChainedTable.PLAN.insert("saved_as"), plan.toArray());
        sql.batch(ChainedTable.PLAN_LANE.insert(), rows.lanes());
        sql.batch(ChainedTable.PLAN_TASK.insert(), rows.tasks());
    }

    /**
     * Refuses a plan that rows could not give back as it was, but for times, of which they keep microseconds.
     */
    public static void check(BatchPlan plan) {
        Sql.kept("BatchPlan.plannedAt", plan.plannedAt());
        Sql.kept("BatchPlan.validUntil", plan.validUntil());
        List<TaskRef> entries = plan.entries().stream().map(PlanEntry::ref).toList();
        if (!entries.equals(plan.request().tasks())) {
            throw new InvalidInputException(
                    "BatchPlan.entries",
                    "are " + entries.size() + " for " + plan.request().tasks().size()
                            + " selected tasks, or in another order; there must be one per selected task, in order");
        }
        Map<TaskRef, Integer> order = new TreeMap<>();
        entries.forEach(task -> order.put(task, order.size()));
        int number = 0;
        for (Lane lane : plan.lanes()) {
            int place = -1;
            for (TaskRef task : lane.tasks()) {
                Integer next = order.remove(task);
                if (lane.number() <= number || next == null || next <= place) {
                    throw new InvalidInputException(
                            "BatchPlan.lanes",
                            "have lane " + lane.number() + " with " + task + "; numbers must rise, and each task stand"
                                    + " in one lane at most, in request order");
                }
                place = next;
            }
            number = lane.number();
        }
    }

    /** Reads a plan. */
    public static BatchPlan load(Sql sql, long planId) throws SQLException {
        List<PlanTaskRow> tasks =
                sql.query("SELECT * FROM {plan_task} WHERE plan_id = ? ORDER BY seq", PlanTaskRow::read, planId);
        List<Lane> lanes = sql.query(
                "SELECT lane, migration_type, entry_step FROM {plan_lane} WHERE plan_id = ? ORDER BY lane",
                row -> lane(row, tasks),
                planId);
        return sql.query("SELECT * FROM {plan} WHERE plan_id = ?", row -> plan(row, tasks, lanes), planId)
                .get(0);
    }

    private static Lane lane(Row row, List<PlanTaskRow> tasks) throws SQLException {
        int number = row.smallNumber("lane");
        List<PlanTaskRow> members =
                tasks.stream().filter(task -> task.lane() == number).toList();
        return new Lane(
                number,
                PlanTaskRow.type(row.text("migration_type")),
                members.isEmpty() ? SwitchoverDirection.FORWARD : members.get(0).direction(),
                row.oneOf(SwitchoverStep.class, "entry_step"),
                members.stream().map(task -> task.entry().ref()).toList());
    }

    private static BatchPlan plan(Row row, List<PlanTaskRow> tasks, List<Lane> lanes) throws SQLException {
        row.requireFormat(FORMAT);
        if (tasks.size() != row.smallNumber("tasks")) {
            throw new NotUnderstood("its plan has " + tasks.size() + " of " + row.smallNumber("tasks") + " tasks");
        }
        Map<String, String> detail = FlatText.readValues(row.text("detail"));
        List<String> warnings = new ArrayList<>();
        for (String warning = detail.get("warning.1");
                warning != null;
                warning = detail.get("warning." + (warnings.size() + 1))) {
            warnings.add(warning);
        }
        return new BatchPlan(
                row.id("fingerprint"),
                new BatchRequest(
                        row.id("request_id"),
                        new Actor(row.text("actor")),
                        operation(row),
                        tasks.stream().map(task -> task.entry().ref()).toList(),
                        policy(detail),
                        detail.get("redrive")),
                row.time("planned_at"),
                row.time("valid_until"),
                tasks.stream().map(PlanTaskRow::entry).toList(),
                lanes,
                warnings);
    }

    private static RunPolicy policy(Map<String, String> detail) {
        String budget = detail.get("budget");
        return new RunPolicy(
                budget == null ? null : FailureBudget.parse(budget),
                detail.containsKey("ramp"),
                waves(detail),
                freeze(detail),
                lockstep(detail));
    }

    private static @Nullable FreezeBudget freeze(Map<String, String> detail) {
        String limit = detail.get("freeze");
        return limit == null
                ? null
                : new FreezeBudget(Duration.parse(limit), FreezeBudget.AtEnd.valueOf(part(detail, "freeze.end")));
    }

    private static @Nullable Lockstep lockstep(Map<String, String> detail) {
        String barrier = detail.get("lockstep");
        String patience = detail.get("lockstep.patience");
        return barrier == null
                ? null
                : new Lockstep(Boolean.parseBoolean(barrier), patience == null ? null : Duration.parse(patience));
    }

    private static @Nullable Waves waves(Map<String, String> detail) {
        String waves = detail.get("waves");
        if (waves == null) {
            return null;
        }
        String gate = detail.get("waves.gate");
        return new Waves(
                Waves.parse(waves).parts(),
                FailureBudget.parse(part(detail, "waves.budget")),
                Duration.parse(part(detail, "waves.soak")),
                gate == null ? null : Duration.parse(gate));
    }

    private static String part(Map<String, String> detail, String name) {
        String part = detail.get(name);
        if (part == null) {
            throw new NotUnderstood("its plan has waves, or a write freeze, and no " + name);
        }
        return part;
    }

    private static BatchOperation operation(Row row) throws SQLException {
        return switch (row.oneOf(OperationKind.class, "operation")) {
            case START -> BatchOperation.start();
            case STOP -> BatchOperation.stop();
            case RESUME -> BatchOperation.resume();
            case END -> BatchOperation.end();
            case DELETE -> BatchOperation.delete();
            case MODIFY_ALERT_LEVEL -> BatchOperation.modifyAlertLevel(row.oneOf(AlertLevel.class, "alert_level"));
            case SKIP_FULL_VERIFICATION -> BatchOperation.skipFullVerification();
            case ENTER_FORWARD_SWITCHOVER -> BatchOperation.enterForwardSwitchover();
            case FORWARD_SWITCHOVER -> BatchOperation.forwardSwitchover();
            case ENTER_SWITCH_BACK -> BatchOperation.enterSwitchBack();
            case SWITCH_BACK -> BatchOperation.switchBack();
        };
    }
}
