package io.omsbatch.core;

import io.omsbatch.api.Limits;
import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.DryRun;
import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.engine.PlanRefusedException.Why;
import io.omsbatch.api.engine.RunFamily;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.engine.TaskStory;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.call.SafeThrowable;
import io.omsbatch.core.internal.dry.Rehearsal;
import io.omsbatch.core.internal.dry.SealedGateway;
import io.omsbatch.core.internal.notify.Subscriber;
import io.omsbatch.core.internal.ownership.Leases;
import io.omsbatch.core.internal.reach.Adoption;
import io.omsbatch.core.internal.reach.Families;
import io.omsbatch.core.internal.reach.Following;
import io.omsbatch.core.internal.reach.Inbox;
import io.omsbatch.core.internal.reach.RunFactory;
import io.omsbatch.core.internal.reach.RunHandle;
import io.omsbatch.core.internal.reach.RunRegistry;
import io.omsbatch.core.internal.reach.Takeover;
import io.omsbatch.core.internal.read.Listing;
import io.omsbatch.core.internal.read.Selection;
import io.omsbatch.core.internal.run.EngineParts;
import io.omsbatch.core.internal.story.TaskStories;
import io.omsbatch.core.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine that {@link EngineBuilder} builds. */
final class Engine implements BatchEngine {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private static final Problem CLOSED = Problem.of(ProblemCode.ENGINE_CLOSED, "the engine was closed");

    /** How long closing waits at least for the journal to take that runs are parked, however long commands took to settle. */
    private static final Duration LEAST_TO_PARK = Duration.ofSeconds(1);

    private final EngineParts parts;
    private final TaskGateway gateway;
    private final Callers callers;
    private final Planning planning;
    private final Rehearsal rehearsal;
    private final Approvals approvals;
    private final Lease lease;
    private final RunRegistry runs;
    private final Adoption adoption;
    private final Takeover takeover;
    private final Following following;
    private final Families families;
    private final List<AutoCloseable> own;
    private final Map<String, CompletableFuture<RunHandle>> starting = new ConcurrentHashMap<>();

    Engine(
            EngineParts parts,
            TaskGateway gateway,
            Planner planner,
            EligibilityPolicy policy,
            Leases leases,
            List<BatchListener> listeners,
            List<AutoCloseable> own) {
        this.parts = parts;
        this.gateway = gateway;
        this.callers = new Callers(parts.environment());
        this.approvals = new Approvals(parts);
        this.lease = leases.lease();
        RunFactory factory = new RunFactory(parts, gateway, policy, leases);
        Inbox inbox = new Inbox(parts);
        TaskGateway sealed = SealedGateway.of(gateway);
        this.planning = new Planning(parts, sealed, planner, callers);
        this.rehearsal = new Rehearsal(parts, sealed, new RunFactory(parts, sealed, policy, leases), planning::readAll);
        this.runs = new RunRegistry(
                parts.environment(),
                inbox,
                listeners.stream()
                        .map(listener -> new Subscriber(listener, parts.environment()))
                        .toList());
        this.adoption = new Adoption(parts, factory, leases, runs, this::letGoIfClosed);
        this.takeover = new Takeover(parts, adoption, runs, lease, callers::closed);
        this.following = new Following(parts, factory, runs, adoption, inbox, lease.owner(), callers::closed);
        this.families = new Families(parts.journal(), following::find);
        this.own = List.copyOf(own);
    }

    @Override
    public List<TaskRef> select(Predicate<MigrationTask> wanted, int most) {
        Objects.requireNonNull(wanted, "select.wanted");
        Limits.range("select.most", most, 1, Limits.TASKS);
        callers.ensureOpen();
        Selection selection = new Selection(wanted, most);
        while (!selection.over()) {
            Listing listing = new Listing(gateway, parts.reads());
            selection.take(callers.await(
                    listing.begin(selection.from(), parts.settings().calls().pageSize())));
        }
        return selection.found();
    }

    @Override
    public BatchPlan plan(BatchRequest request) {
        planning.check(Objects.requireNonNull(request, "plan.request"));
        parts.journal()
                .runOfRequest(request.requestId())
                .ifPresentOrElse(
                        run -> ensureSameRequest(run, request), () -> planning.ensureRedriven(request.redriveOf()));
        BatchPlan plan = planning.plan(request);
        parts.journal().savePlan(plan, plan.plannedAt());
        return plan;
    }

    @Override
    public DryRun dryRun(BatchRequest request) {
        planning.check(Objects.requireNonNull(request, "dryRun.request"));
        planning.ensureRedriven(request.redriveOf());
        return rehearsal.of(planning.plan(request));
    }

    @Override
    public Approval approve(String plan, Actor actor, String reason) {
        callers.ensureOpen();
        return approvals.say(plan, actor, true, reason);
    }

    @Override
    public Approval reject(String plan, Actor actor, String reason) {
        callers.ensureOpen();
        return approvals.say(plan, actor, false, reason);
    }

    @Override
    public BatchRun run(Confirmation confirmation) {
        return start(Objects.requireNonNull(confirmation, "run.confirmation"));
    }

    @Override
    public SwitchoverWorkflow switchover(Confirmation confirmation) {
        Objects.requireNonNull(confirmation, "switchover.confirmation");
        callers.ensureOpen();
        Optional<BatchPlan> plan = parts.journal().plan(confirmation.fingerprint());
        if (plan.isPresent() && !plan.get().request().operation().kind().isSwitchover()) {
            throw new PlanRefusedException(
                    Why.OTHER_OPERATION,
                    "the plan is of a "
                            + plan.get().request().operation().kind().title() + "; use BatchEngine.run for it");
        }
        if (start(confirmation) instanceof SwitchoverWorkflow workflow) {
            return workflow;
        }
        throw new PlanRefusedException(
                Why.OTHER_OPERATION, "the plan led to a run that is no switchover; use BatchEngine.run for it");
    }

    private RunHandle start(Confirmation confirmation) {
        callers.ensureOpen();
        return once(
                "plan " + confirmation.fingerprint(),
                () -> runs.ofPlan(confirmation.fingerprint()).orElseGet(() -> startPlanned(confirmation)));
    }

    private RunHandle startPlanned(Confirmation confirmation) {
        BatchPlan plan = KeptPlans.find(parts.journal(), confirmation.fingerprint());
        RunHandle handle = once("request " + plan.request().requestId(), () -> open(plan, confirmation));
        ensureSameRequest(handle.record(), plan.request());
        return handle;
    }

    /** Of several threads that start one thing at the same time one does so, and the others get what it got. */
    private RunHandle once(String what, Supplier<RunHandle> start) {
        CompletableFuture<RunHandle> mine = new CompletableFuture<>();
        CompletableFuture<RunHandle> first = starting.putIfAbsent(what, mine);
        if (first != null) {
            return callers.await(first.copy());
        }
        try {
            RunHandle handle = start.get();
            mine.complete(handle);
            return handle;
        } catch (RuntimeException | Error refused) {
            mine.completeExceptionally(refused);
            throw refused;
        } finally {
            starting.remove(what);
        }
    }

    private RunHandle open(BatchPlan plan, Confirmation confirmation) {
        Optional<RunRecord> known = parts.journal().runOfRequest(plan.request().requestId());
        if (known.isPresent()) {
            return known(known.get(), plan.request());
        }
        String unserved = parts.unserved(plan.request().tasks());
        if (unserved != null) {
            throw new PlanRefusedException(Why.OTHER_PLATFORM, unserved + ". Confirm the plan on an engine that does");
        }
        planning.ensureSwitchable(plan.request().operation().kind());
        Instant now = parts.environment().clock().instant();
        KeptPlans.ensureInTime(plan, now);
        Approval approval = approvals.needed(plan, confirmation.actor(), now);
        RunRecord record = new RunRecord(parts.environment().newId(), plan, confirmation, now, approval);
        long askedAt = parts.environment().nanoTime();
        RunOpening opening = parts.journal().open(record, lease);
        if (opening instanceof RunOpening.AlreadyThere there) {
            return known(there.run(), plan.request());
        }
        return adoption.begin(record, ((RunOpening.Opened) opening).token(), askedAt);
    }

    @Override
    public List<BatchRun> recover() {
        callers.ensureOpen();
        return takeover.begin();
    }

    private void letGoIfClosed(RunHandle handle) {
        if (callers.closed()) {
            CompletableFuture<Void> unused = handle.letGo(CLOSED);
        }
    }

    private RunHandle known(RunRecord record, BatchRequest request) {
        ensureSameRequest(record, request);
        return following.of(record);
    }

    private static void ensureSameRequest(RunRecord run, BatchRequest request) {
        if (!run.plan().request().equals(request)) {
            throw new PlanRefusedException(
                    Why.REQUEST_CONFLICT,
                    "the request id belongs to run " + run.runId() + ", a "
                            + run.plan().request() + "; this is a " + request + ": choose a new request id");
        }
    }

    @Override
    public List<BatchRun> runs() {
        return runs.all();
    }

    @Override
    public Optional<BatchRun> find(String runId) {
        Objects.requireNonNull(runId, "find.runId");
        return following.find(runId).map(handle -> handle);
    }

    @Override
    public RunPage list(RunFilter filter, @Nullable String from, int most) {
        callers.ensureOpen();
        return parts.journal().runs(Objects.requireNonNull(filter, "list.filter"), from, most);
    }

    @Override
    public BatchRequest redrive(String requestId, Actor actor, String runId, Set<TaskOutcome.Kind> outcomes) {
        callers.ensureOpen();
        Objects.requireNonNull(actor, "redrive.actor");
        Limits.elements("redrive.outcomes", outcomes, TaskOutcome.Kind.values().length);
        return families.redrive(
                Limits.id("redrive.requestId", requestId),
                actor,
                Limits.id("redrive.runId", runId),
                Set.copyOf(outcomes));
    }

    @Override
    public Optional<RunFamily> family(String runId) {
        callers.ensureOpen();
        return families.of(Limits.id("family.runId", runId));
    }

    @Override
    public Optional<TaskStory> explain(String runId, TaskRef task) {
        callers.ensureOpen();
        Objects.requireNonNull(task, "explain.task");
        return parts.journal()
                .run(Limits.id("explain.runId", runId))
                .filter(run -> run.plan().request().tasks().contains(task))
                .map(run -> TaskStories.of(
                        run, task, parts.journal(), parts.capabilities().has(GatewayCapability.UNDO)));
    }

    @Override
    public AuditCheck verifyAudit(String runId) {
        callers.ensureOpen();
        return parts.journal().audit(Limits.id("verifyAudit.runId", runId));
    }

    @Override
    public void close() {
        if (callers.closed()) {
            return;
        }
        callers.sendAway();
        parts.dispatcher().close();
        try {
            settleAndLetGo();
        } catch (RuntimeException | Error failure) {
            LOG.error("Not all runs could be let go", SafeThrowable.of(failure));
        }
        for (AutoCloseable part : own) {
            try {
                part.close();
            } catch (Exception failure) {
                LOG.warn("A part of the engine did not close", failure);
            }
        }
    }

    private void settleAndLetGo() {
        List<RunHandle> open = runs.handles();
        Duration settling = parts.settings().closeTimeout();
        long begun = parts.environment().nanoTime();
        awaitAll(open, RunHandle::settle, settling);
        Duration left = settling.minusNanos(parts.environment().nanoTime() - begun);
        awaitAll(open, handle -> handle.letGo(CLOSED), Collections.max(List.of(left, LEAST_TO_PARK)));
    }

    private void awaitAll(
            List<RunHandle> handles, Function<RunHandle, CompletableFuture<Void>> ends, Duration timeout) {
        CompletableFuture<?>[] all = handles.stream().map(ends).toArray(CompletableFuture[]::new);
        try {
            boolean unused = parts.environment().await(CompletableFuture.allOf(all), timeout);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
