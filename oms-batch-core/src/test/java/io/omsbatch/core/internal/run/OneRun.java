package io.omsbatch.core.internal.run;

import io.omsbatch.api.access.AccessPolicy;
import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.engine.HealthGate;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.OutageJournal;
import io.omsbatch.core.internal.call.CallDispatcher;
import io.omsbatch.core.internal.call.OverdueCalls;
import io.omsbatch.core.internal.limit.CallRate;
import io.omsbatch.core.internal.limit.ResourceLimits;
import io.omsbatch.core.internal.ownership.Leases;
import io.omsbatch.core.internal.ownership.Tenure;
import io.omsbatch.core.internal.pace.Backoff;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.internal.step.LaneState;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.workflow.StepSpec;
import io.omsbatch.core.workflow.StepTable;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is true of a run that nobody carries out, so that each change of it can be tried for itself. */
public final class OneRun implements AutoCloseable {

    public static final Actor ANN = new Actor("ann");
    static final Instant NOW = VirtualEnvironment.START.plus(Duration.ofHours(1));

    public final VirtualEnvironment environment;
    public final RunLedger ledger;
    final EngineParts parts;
    final JournalStore journal;

    /** The way to the journal, which a test can cut. */
    public final OutageJournal way = new OutageJournal();

    private OneRun(
            EngineSettings settings, GatewayCapabilities capabilities, RunPolicy policy, int tasks, boolean lane) {
        environment = new VirtualEnvironment(1);
        environment.advance(Duration.ofHours(1));
        journal = way.before(new InMemoryJournalStore(environment.clock()));
        parts = new EngineParts(
                environment,
                new CallDispatcher(
                        environment,
                        settings.calls().concurrency(),
                        settings.calls().timeout()),
                new CallRate(environment, settings.calls().rate()),
                new ResourceLimits(environment, List.of(), settings.calls().timeout()),
                journal,
                settings,
                capabilities,
                AccessPolicy.allowAll(),
                (HealthGate) null,
                new Backoff(settings.retry(), environment.random()),
                new OverdueCalls());
        List<MigrationTask> planned = new ArrayList<>();
        for (int i = 1; i <= tasks; i++) {
            planned.add(task("t" + i));
        }
        BatchOperation operation = lane ? BatchOperation.forwardSwitchover() : BatchOperation.stop();
        BatchRequest request = BatchRequest.of(
                        "request",
                        ANN,
                        operation,
                        planned.stream().map(MigrationTask::ref).toList())
                .with(policy);
        List<Lane> lanes = lane
                ? List.of(new Lane(
                        1,
                        MigrationType.complete(),
                        SwitchoverDirection.FORWARD,
                        SwitchoverStep.START_FORWARD_SWITCHOVER,
                        request.tasks()))
                : List.of();
        List<PlanEntry> entries =
                List.copyOf(planned.stream().map(PlanEntry.Eligible::new).toList());
        BatchPlan plan = new BatchPlan("plan", request, NOW, NOW.plusSeconds(60), entries, lanes, List.of());
        RunRecord record = new RunRecord(UUID.randomUUID().toString(), plan, plan.confirm(ANN, "because"), NOW);
        Leases leases = new Leases(journal, environment, settings.lease(), "me");
        RunOpening.Opened opened = (RunOpening.Opened) journal.open(record, leases.lease());
        Tenure tenure = leases.begin(record.runId(), opened.token(), environment.nanoTime());
        List<LaneState> states = lanes.stream().map(LaneState::new).toList();
        List<StepSpec> rows = lane
                ? StepTable.switchover(SwitchoverDirection.FORWARD, MigrationType.complete())
                        .rows()
                : StepTable.operation(operation.kind()).rows();
        List<TaskEntry> all = new ArrayList<>();
        for (MigrationTask task : planned) {
            LaneMember member = lane ? new LaneMember(states.get(0), false, false) : null;
            all.add(new TaskEntry(all.size(), task.ref(), task, rows, member, NOW));
        }
        ledger = new RunLedger(parts, record, leases, tenure, all, states);
    }

    static MigrationTask task(String id) {
        return MigrationTask.builder(new TaskRef("p", id))
                .status(TaskStatus.RUNNING)
                .type(MigrationType.complete())
                .switchover(new SwitchoverProgress(
                        SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING))
                .build();
    }

    static OneRun of(EngineSettings settings, GatewayCapabilities capabilities, RunPolicy policy, int tasks) {
        return new OneRun(settings, capabilities, policy, tasks, false);
    }

    /** Stops so many tasks on a platform that declares nothing, with the default settings. */
    static OneRun stopping(int tasks) {
        return of(EngineSettings.defaults(), GatewayCapabilities.of(), RunPolicy.none(), tasks);
    }

    /** Takes so many complete migrations through their switchover, in one lane. */
    public static OneRun switchover(EngineSettings settings, RunPolicy policy, int tasks) {
        return switchover(settings, GatewayCapabilities.of(GatewayCapability.UNDO), policy, tasks);
    }

    static OneRun switchover(EngineSettings settings, GatewayCapabilities capabilities, RunPolicy policy, int tasks) {
        return new OneRun(settings, capabilities, policy, tasks, true);
    }

    public TaskEntry entry(int index) {
        return ledger.entries().get(index);
    }

    Moves moves() {
        return new Moves(ledger, new BarrierWatch(ledger));
    }

    /** Moves a task through phases. */
    public TaskEntry through(TaskEntry entry, Phase... phases) {
        for (Phase phase : phases) {
            ledger.queues().move(entry, phase);
        }
        return entry;
    }

    /** Makes a change, without writing or telling it. */
    static void make(Turn turn) {
        turn.change().run();
    }

    static @Nullable Long dueIn(TaskEntry entry, long now) {
        return entry.phase() == Phase.DELAYED ? entry.due - now : null;
    }

    @Override
    public void close() {
        environment.close();
    }
}
