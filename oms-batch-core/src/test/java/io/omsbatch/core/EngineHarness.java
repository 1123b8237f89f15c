package io.omsbatch.core;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.RecordingJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An engine on a simulated platform in virtual time. */
final class EngineHarness implements AutoCloseable {

    static final Actor ANN = new Actor("ann");
    static final Duration LONG = Duration.ofDays(1);

    final VirtualEnvironment environment;
    final FakePlatform platform;
    final RecordingJournal journal;
    private final EngineBuilder builder;
    private BatchEngine engine;
    private int requests;

    EngineHarness(PlatformSettings platformSettings, FaultScript faults, UnaryOperator<EngineSettings> settings) {
        environment = new VirtualEnvironment(platformSettings.seed());
        platform = new FakePlatform(environment, platformSettings, faults);
        journal = new RecordingJournal(new InMemoryJournalStore(environment.clock()), platform.recorder());
        builder = OmsBatch.engine(platform)
                .environment(environment)
                .journal(journal)
                .settings(settings.apply(EngineSettings.defaults()));
    }

    static EngineHarness with(FaultScript faults) {
        return new EngineHarness(PlatformSettings.of(1), faults, UnaryOperator.identity());
    }

    static EngineHarness healthy() {
        return with(FaultScript.none());
    }

    EngineBuilder builder() {
        return builder;
    }

    BatchEngine engine() {
        if (engine == null) {
            engine = builder.build();
        }
        return engine;
    }

    static TaskRef ref(String id) {
        return new TaskRef("oms", id);
    }

    List<TaskRef> add(int number, UnaryOperator<MigrationTask.Builder> how) {
        List<TaskRef> refs = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            refs.add(add("t" + i, how));
        }
        return refs;
    }

    TaskRef add(String id, UnaryOperator<MigrationTask.Builder> how) {
        MigrationTask task = how.apply(MigrationTask.builder(ref(id))).build();
        platform.add(task);
        return task.ref();
    }

    static UnaryOperator<MigrationTask.Builder> running() {
        return task -> task.status(TaskStatus.RUNNING).stage(Stage.INCREMENTAL_SYNC, StageProgress.State.MONITORING);
    }

    static UnaryOperator<MigrationTask.Builder> entered(MigrationType type) {
        return at(type, SwitchoverStep.START_FORWARD_SWITCHOVER);
    }

    static UnaryOperator<MigrationTask.Builder> at(MigrationType type, SwitchoverStep step) {
        return task -> task.type(type)
                .status(TaskStatus.RUNNING)
                .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                .switchover(new SwitchoverProgress(step, SwitchoverProgress.State.WAITING));
    }

    BatchPlan plan(BatchOperation operation, Collection<TaskRef> tasks) {
        return engine().plan(BatchRequest.of("r" + ++requests, ANN, operation, tasks));
    }

    BatchRun start(BatchOperation operation, Collection<TaskRef> tasks) {
        return engine().run(plan(operation, tasks).confirm(ANN, "because"));
    }

    BatchReport run(BatchOperation operation, Collection<TaskRef> tasks) {
        return await(start(operation, tasks));
    }

    SwitchoverWorkflow switchover(Collection<TaskRef> tasks) {
        return engine().switchover(
                        plan(BatchOperation.forwardSwitchover(), tasks).confirm(ANN, "because"));
    }

    BatchReport await(BatchRun run) {
        try {
            Optional<BatchReport> report = run.await(LONG);
            if (report.isEmpty()) {
                throw new AssertionError("the run did not end within " + LONG + " of virtual time: " + run.progress()
                        + "\n" + platform.history());
            }
            return report.get();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    TaskOutcome outcome(BatchReport report, TaskRef task) {
        return report.results().stream()
                .filter(result -> result.ref().equals(task))
                .map(TaskResult::outcome)
                .findAny()
                .orElseThrow();
    }

    /** The commands that reached the platform, in order. */
    List<GatewayCall> commands() {
        return platform.calls().stream()
                .filter(call -> call.kind() == CallKind.COMMAND || call.kind() == CallKind.STEP)
                .toList();
    }

    List<JournalRecord> facts(JournalRecord.Kind kind) {
        return journal.entries().stream()
                .map(entry -> entry.entry().record())
                .filter(fact -> fact.kind() == kind)
                .toList();
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
        environment.close();
    }
}
