package io.omsbatch.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.EngineBuilder;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.RecordingJournal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** A platform with a few tasks, in virtual time, and an engine whose ports may be bad. */
final class World implements AutoCloseable {

    static final Actor ANN = new Actor("ann");
    static final Duration LONG = Duration.ofHours(3);

    final VirtualEnvironment environment = new VirtualEnvironment(1);
    final FakePlatform platform;
    final RecordingJournal journal;
    final List<TaskRef> running = List.of(ref("t1"), ref("t2"), ref("t3"));
    final List<TaskRef> entered = List.of(ref("s1"), ref("s2"));
    private BatchEngine engine;

    World() {
        platform = new FakePlatform(
                environment, PlatformSettings.of(1).withCapabilities(capabilities()), FaultScript.none());
        journal = new RecordingJournal(new InMemoryJournalStore(environment.clock()), platform.recorder());
        running.forEach(ref -> platform.add(MigrationTask.builder(ref)
                .name(BadTexts.FORGED)
                .status(TaskStatus.RUNNING)
                .stage(Stage.INCREMENTAL_SYNC, StageProgress.State.MONITORING)
                .build()));
        entered.forEach(ref -> platform.add(MigrationTask.builder(ref)
                .name(BadTexts.FORGED)
                .status(TaskStatus.RUNNING)
                .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                .switchover(new SwitchoverProgress(
                        SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING))
                .build()));
    }

    /** Returns those of the simulated platform, and all that there are. */
    static GatewayCapabilities capabilities() {
        GatewayCapabilities usual = PlatformSettings.of(1).capabilities();
        return new GatewayCapabilities(
                EnumSet.allOf(GatewayCapability.class),
                usual.maximumStaleness(),
                usual.maximumEffectDelay(),
                usual.positionGranularity(),
                usual.platforms());
    }

    static TaskRef ref(String id) {
        return new TaskRef("oms", id);
    }

    EngineBuilder builder(BadGateway.Trouble trouble) {
        return OmsBatch.engine(new BadGateway(platform, trouble))
                .environment(environment)
                .journal(journal);
    }

    EngineBuilder builder(Environment other) {
        return OmsBatch.engine(platform).environment(other).journal(journal);
    }

    EngineBuilder builder() {
        return builder(environment);
    }

    /** Keeps an engine, to close it with this world. */
    BatchEngine use(BatchEngine built) {
        engine = built;
        return built;
    }

    BatchPlan plan(BatchOperation operation, List<TaskRef> tasks) {
        return engine.plan(BatchRequest.of("request", ANN, operation, tasks));
    }

    BatchEngine engine() {
        return engine;
    }

    /** Runs a plan until it ends, or does not go on. */
    BatchRun run(BatchPlan plan) throws InterruptedException {
        BatchRun run = engine.run(plan.confirm(ANN, "because"));
        if (run instanceof SwitchoverWorkflow workflow) {
            for (int i = 0; i < 10 && run.state() == RunState.RUNNING; i++) {
                environment.advance(Duration.ofMinutes(10));
                confirm(workflow);
            }
        } else {
            environment.advance(LONG);
        }
        return run;
    }

    private static void confirm(SwitchoverWorkflow workflow) {
        SwitchoverBoard board = workflow.board();
        assertSafe(board.render());
        for (SwitchoverBoard.LaneBoard lane : board.lanes()) {
            lane.openForAll().forEach((step, actions) -> {
                for (SwitchoverAction action : List.of(SwitchoverAction.CONFIRM, SwitchoverAction.MARK)) {
                    if (actions.contains(action)) {
                        workflow.act(Control.all(
                                action,
                                step,
                                lane.lane().number(),
                                workflow.board().version(),
                                ANN,
                                "seen"));
                    }
                }
            });
        }
    }

    /** Fails if text that is shown could forge a line of its own. */
    static void assertSafe(String text) {
        assertThat(Arrays.stream(text.split("\n", -1)).allMatch(Ends::safe))
                .as("%.300s", text)
                .isTrue();
        assertThat(text.contains("\nINFO forged line")).isFalse();
    }

    /** Counts how the tasks of a run ended, and fails if one ended twice, not at all, or cannot be shown. */
    void count(BatchRun run, Ends ends) throws InterruptedException {
        if (run.state() != RunState.ENDED) {
            ends.count("run is " + run.state());
            return;
        }
        BatchReport report = run.await(Duration.ZERO).orElseThrow();
        assertSafe(report.render());
        assertThat(report.results()).hasSize(run.request().tasks().size());
        report.results().forEach(result -> ends.count("task " + result.outcome().kind()));
    }

    long commands() {
        return platform.calls().stream()
                .filter(call -> call.kind() == CallKind.COMMAND || call.kind() == CallKind.STEP)
                .count();
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
        environment.close();
    }
}
