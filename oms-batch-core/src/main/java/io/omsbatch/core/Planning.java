package io.omsbatch.core;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.flight.PlanEvent;
import io.omsbatch.core.internal.read.Looked;
import io.omsbatch.core.internal.read.PagedRead;
import io.omsbatch.core.internal.read.Readers;
import io.omsbatch.core.internal.run.EngineParts;
import io.omsbatch.core.plan.Planner;
import io.omsbatch.core.plan.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes plans of requests, over a gateway through which nothing can be commanded (PLAN-1). */
final class Planning {

    private final EngineParts parts;
    private final TaskGateway sealed;
    private final Planner planner;
    private final Callers callers;

    Planning(EngineParts parts, TaskGateway sealed, Planner planner, Callers callers) {
        this.parts = parts;
        this.sealed = sealed;
        this.planner = planner;
        this.callers = callers;
    }

    /** Refuses a request that this engine cannot plan. */
    void check(BatchRequest request) {
        int most = parts.settings().plan().maximumTasks();
        if (request.tasks().size() > most) {
            throw new InvalidInputException(
                    "BatchRequest.tasks",
                    "has " + request.tasks().size() + " tasks; this engine allows " + most
                            + ": split the selection, or raise PlanSettings.maximumTasks");
        }
        callers.ensureOpen();
        String unserved = parts.unserved(request.tasks());
        if (unserved != null) {
            throw new InvalidInputException(
                    "BatchRequest.tasks",
                    "name what cannot be planned here: " + unserved + ". Plan it on an engine that does");
        }
        ensureSwitchable(request.operation().kind());
        Waves waves = request.policy().waves();
        if (waves != null && waves.gateWithin() != null && parts.gate() == null) {
            throw new InvalidInputException(
                    "Waves.gateWithin",
                    "is " + waves.gateWithin() + ", and this engine has no health gate: give it one, or ask for none");
        }
        FreezeBudget freeze = request.policy().freeze();
        if (freeze != null
                && freeze.atEnd() == FreezeBudget.AtEnd.UNDO
                && !parts.capabilities().has(GatewayCapability.UNDO)) {
            throw new InvalidInputException(
                    "RunPolicy.freeze",
                    "is " + freeze
                            + ", and the platform does not undo: its gateway does not declare UNDO. Ask for REPORT");
        }
    }

    /** Refuses an operation that the gateway has no way to do. */
    void ensureSwitchable(OperationKind kind) {
        boolean switches = kind.isSwitchover()
                || kind == OperationKind.ENTER_FORWARD_SWITCHOVER
                || kind == OperationKind.ENTER_SWITCH_BACK;
        if (switches && !(sealed instanceof SwitchoverGateway)) {
            throw new InvalidInputException(
                    "BatchRequest.operation",
                    "is a " + kind.title()
                            + ", but the gateway is no SwitchoverGateway; implement that for the platform");
        }
    }

    /** Refuses to take up tasks of a run that is not there. */
    void ensureRedriven(@Nullable String runId) {
        if (runId != null && parts.journal().summary(runId).isEmpty()) {
            throw new InvalidInputException(
                    "BatchRequest.redriveOf",
                    "is " + runId + "; the journal has no such run, or no longer: ask without naming it");
        }
    }

    /** Reads the tasks of a request and judges them. */
    BatchPlan plan(BatchRequest request) {
        PlanEvent event = new PlanEvent();
        event.begin();
        BatchPlan plan = read(request);
        event.over(
                request.requestId(),
                request.operation().kind().name(),
                request.tasks().size(),
                plan.eligible().size());
        return plan;
    }

    private BatchPlan read(BatchRequest request) {
        List<TaskRef> allowed = request.tasks().stream()
                .filter(task -> parts.access().allows(request.actor(), request.operation(), task))
                .toList();
        Map<TaskRef, Looked<MigrationTask>> looks = readAll(Readers.tasks(sealed), allowed);
        callers.ensureOpen();
        Instant now = parts.environment().clock().instant();
        return planner.plan(request, task -> seen(looks.get(task)), now);
    }

    /** Reads something of tasks, and waits for it. */
    <T> Map<TaskRef, Looked<T>> readAll(PagedRead.Reader<T> reader, List<TaskRef> tasks) {
        PagedRead<T> read = new PagedRead<>(reader, parts.reads());
        return callers.await(read.begin(tasks, parts.settings().calls().pageSize()));
    }

    private static Seen seen(@Nullable Looked<MigrationTask> look) {
        if (look == null) {
            return Seen.ofDenied();
        }
        if (look.problem() != null) {
            return Seen.unreadable(look.problem().toString());
        }
        return look.value() == null ? Seen.absent() : Seen.task(look.value());
    }
}
