package io.omsbatch.core;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.OmsBatchException;
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
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.SwitchoverGateway;
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
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.operation.Waves;
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
import io.omsbatch.core.internal.read.Looked;
import io.omsbatch.core.internal.read.PagedRead;
import io.omsbatch.core.internal.read.Readers;
import io.omsbatch.core.internal.read.Selection;
import io.omsbatch.core.internal.run.EngineParts;
import io.omsbatch.core.internal.story.TaskStories;
import io.omsbatch.core.plan.Planner;
import io.omsbatch.core.plan.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    /** A read ends by its own retries and timeouts; this only bounds the wait for it. */
    private static final Duration LONGEST_READ = Duration.ofHours(1);

    private static final Problem CLOSED = Problem.of(ProblemCode.ENGINE_CLOSED, "the engine was closed");

    /** How long closing waits at least for the journal to take that runs are parked, however long commands took to settle. */
    private static final Duration LEAST_TO_PARK = Duration.ofSeconds(1);

    private final EngineParts parts;
    private final TaskGateway gateway;
    private final TaskGateway sealed;
    private final Rehearsal rehearsal;
    private final Planner planner;
    private final Approvals approvals;
    private final Lease lease;
    private final RunRegistry runs;
    private final Adoption adoption;
    private final Takeover takeover;
    private final Following following;
    private final Families families;
    private final List<AutoCloseable> own;
    private final Map<String, CompletableFuture<RunHandle>> starting = new ConcurrentHashMap<>();
    private final Map<Object, CompletableFuture<?>> waits = new ConcurrentHashMap<>();
    private volatile boolean closed;

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
        this.planner = planner;
        this.approvals = new Approvals(parts);
        this.lease = leases.lease();
        RunFactory factory = new RunFactory(parts, gateway, policy, leases);
        Inbox inbox = new Inbox(parts);
        this.sealed = SealedGateway.of(gateway);
        this.rehearsal = new Rehearsal(parts, sealed, new RunFactory(parts, sealed, policy, leases));
        this.runs = new RunRegistry(
                parts.environment(),
                inbox,
                listeners.stream()
                        .map(listener -> new Subscriber(listener, parts.environment()))
                        .toList());
        this.adoption = new Adoption(parts, factory, leases, runs, this::letGoIfClosed);
        this.takeover = new Takeover(parts, adoption, runs, lease, () -> closed);
        this.following = new Following(parts, factory, runs, adoption, inbox, lease.owner(), () -> closed);
        this.families = new Families(parts.journal(), following::find);
        this.own = List.copyOf(own);
    }

    @Override
    public List<TaskRef> select(Predicate<MigrationTask> wanted, int most) {
        Objects.requireNonNull(wanted, "select.wanted");
        Limits.range("select.most", most, 1, Limits.TASKS);
        ensureOpen();
        Selection selection = new Selection(wanted, most);
        while (!selection.over()) {
            Listing listing = new Listing(gateway, parts.reads());
            selection.take(await(
                    listing.begin(selection.from(), parts.settings().calls().pageSize())));
        }
        return selection.found();
    }

    @Override
    public BatchPlan plan(BatchRequest request) {
        ensurePlannable(Objects.requireNonNull(request, "plan.request"));
        parts.journal()
                .runOfRequest(request.requestId())
                .ifPresentOrElse(run -> ensureSameRequest(run, request), () -> ensureRedriven(request.redriveOf()));
        BatchPlan plan = draft(request, gateway);
        parts.journal().savePlan(plan, plan.plannedAt());
        return plan;
    }

    @Override
    public DryRun dryRun(BatchRequest request) {
        ensurePlannable(Objects.requireNonNull(request, "dryRun.request"));
        ensureRedriven(request.redriveOf());
        return rehearsal.of(draft(request, sealed), this::readAll);
    }

    private void ensurePlannable(BatchRequest request) {
        int most = parts.settings().plan().maximumTasks();
        if (request.tasks().size() > most) {
            throw new InvalidInputException(
                    "BatchRequest.tasks",
                    "has " + request.tasks().size() + " tasks; this engine allows " + most
                            + ": split the selection, or raise PlanSettings.maximumTasks");
        }
        ensureOpen();
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

    private BatchPlan draft(BatchRequest request, TaskGateway from) {
        List<TaskRef> allowed = request.tasks().stream()
                .filter(task -> parts.access().allows(request.actor(), request.operation(), task))
                .toList();
        Map<TaskRef, Looked<MigrationTask>> looks = readAll(Readers.tasks(from), allowed);
        ensureOpen();
        Instant now = parts.environment().clock().instant();
        return planner.plan(request, task -> seen(looks.get(task)), now);
    }

    private <T> Map<TaskRef, Looked<T>> readAll(PagedRead.Reader<T> reader, List<TaskRef> tasks) {
        PagedRead<T> read = new PagedRead<>(reader, parts.reads());
        return await(read.begin(tasks, parts.settings().calls().pageSize()));
    }

    @Override
    public Approval approve(String fingerprint, Actor actor, boolean granted, String reason) {
        ensureOpen();
        Limits.id("approve.plan", fingerprint);
        Objects.requireNonNull(actor, "approve.actor");
        Instant now = parts.environment().clock().instant();
        Approval approval = new Approval(fingerprint, actor, granted, reason, now);
        BatchPlan plan = parts.journal().plan(fingerprint).orElseThrow(() -> unknownPlan(fingerprint));
        ensureInTime(plan, now);
        approvals.ensureMaySay(plan, actor);
        parts.journal().approve(approval);
        return approval;
    }

    private static PlanRefusedException unknownPlan(String fingerprint) {
        return new PlanRefusedException(
                Why.NO_SUCH_PLAN,
                "no plan has the fingerprint " + fingerprint
                        + ": it was altered, has expired, made room for newer ones, or led to a run that is over"
                        + " and forgotten; plan again");
    }

    private static void ensureInTime(BatchPlan plan, Instant now) {
        if (now.isAfter(plan.validUntil())) {
            throw new PlanRefusedException(
                    Why.EXPIRED,
                    "the plan could be confirmed until " + plan.validUntil() + ", it is " + now + "; plan again");
        }
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

    @Override
    public BatchRun run(Confirmation confirmation) {
        return start(Objects.requireNonNull(confirmation, "run.confirmation"));
    }

    @Override
    public SwitchoverWorkflow switchover(Confirmation confirmation) {
        Objects.requireNonNull(confirmation, "switchover.confirmation");
        ensureOpen();
        Optional<BatchPlan> plan = parts.journal().plan(confirmation.fingerprint());
        if (plan.isPresent() && plan.get().request().operation().kind() != OperationKind.FORWARD_SWITCHOVER) {
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
        ensureOpen();
        return once(
                "plan " + confirmation.fingerprint(),
                () -> runs.ofPlan(confirmation.fingerprint()).orElseGet(() -> startPlanned(confirmation)));
    }

    private RunHandle startPlanned(Confirmation confirmation) {
        BatchPlan plan = parts.journal()
                .plan(confirmation.fingerprint())
                .orElseThrow(() -> unknownPlan(confirmation.fingerprint()));
        RunHandle handle = once("request " + plan.request().requestId(), () -> open(plan, confirmation));
        ensureSameRequest(handle.record(), plan.request());
        return handle;
    }

    /** Of several threads that start one thing at the same time one does so, and the others get what it got. */
    private RunHandle once(String what, Supplier<RunHandle> start) {
        CompletableFuture<RunHandle> mine = new CompletableFuture<>();
        CompletableFuture<RunHandle> first = starting.putIfAbsent(what, mine);
        if (first != null) {
            return await(first.copy());
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
        ensureSwitchable(plan.request().operation().kind());
        Instant now = parts.environment().clock().instant();
        ensureInTime(plan, now);
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
        ensureOpen();
        return takeover.begin();
    }

    private void letGoIfClosed(RunHandle handle) {
        if (closed) {
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

    private void ensureSwitchable(OperationKind kind) {
        boolean switches = kind == OperationKind.FORWARD_SWITCHOVER || kind == OperationKind.ENTER_FORWARD_SWITCHOVER;
        if (switches && !(gateway instanceof SwitchoverGateway)) {
            throw new InvalidInputException(
                    "BatchRequest.operation",
                    "is a " + kind.title()
                            + ", but the gateway is no SwitchoverGateway; implement that for the platform");
        }
    }

    private void ensureRedriven(@Nullable String runId) {
        if (runId != null && parts.journal().summary(runId).isEmpty()) {
            throw new InvalidInputException(
                    "BatchRequest.redriveOf",
                    "is " + runId + "; the journal has no such run, or no longer: ask without naming it");
        }
    }

    private void ensureOpen() {
        if (closed) {
            throw closedEngine();
        }
    }

    private static PlanRefusedException closedEngine() {
        return new PlanRefusedException(Why.ENGINE_CLOSED, "the engine is closed");
    }

    /** Waits for something that ends, whatever it is at, once nobody waits for it any more: the caller, or an open engine. */
    private <T> T await(CompletableFuture<T> awaited) {
        Object wait = new Object();
        waits.put(wait, awaited);
        try {
            if (closed) {
                awaited.completeExceptionally(closedEngine());
            }
            if (parts.environment().await(awaited, LONGEST_READ)) {
                return awaited.join();
            }
            throw GatewayException.transientFailure("the platform did not answer within " + LONGEST_READ, null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw GatewayException.transientFailure(
                    "the thread was interrupted while it waited for the platform", null);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof OmsBatchException known) {
                throw known;
            }
            throw failed;
        } finally {
            waits.remove(wait);
            awaited.cancel(false);
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
        ensureOpen();
        return parts.journal().runs(filter, from, most);
    }

    @Override
    public BatchRequest redrive(String requestId, Actor actor, String runId, Set<TaskOutcome.Kind> outcomes) {
        ensureOpen();
        Objects.requireNonNull(actor, "redrive.actor");
        return families.redrive(
                Limits.id("redrive.requestId", requestId),
                actor,
                Limits.id("redrive.runId", runId),
                Set.copyOf(Objects.requireNonNull(outcomes, "redrive.outcomes")));
    }

    @Override
    public Optional<RunFamily> family(String runId) {
        ensureOpen();
        return families.of(Limits.id("family.runId", runId));
    }

    @Override
    public Optional<TaskStory> explain(String runId, TaskRef task) {
        ensureOpen();
        Objects.requireNonNull(task, "explain.task");
        return parts.journal()
                .run(Limits.id("explain.runId", runId))
                .filter(run -> run.plan().request().tasks().contains(task))
                .map(run -> TaskStories.of(
                        run, task, parts.journal(), parts.capabilities().has(GatewayCapability.UNDO)));
    }

    @Override
    public AuditCheck verifyAudit(String runId) {
        ensureOpen();
        return parts.journal().audit(Limits.id("verifyAudit.runId", runId));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        parts.dispatcher().close();
        waits.values().forEach(awaited -> awaited.completeExceptionally(closedEngine()));
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
