package io.omsbatch.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.OmsBatchException;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.settings.ResourceLimit;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.GatewayCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A platform, a journal, and engines that die and go on. */
final class CrashWorld implements AutoCloseable {

    static final int TASKS = 2;
    private static final Actor ANN = new Actor("ann");

    /** A platform that deduplicates; one that says how late an effect may come; one that says nothing. */
    enum Platform {
        DEDUPLICATES(
                GatewayCapabilities.of(GatewayCapability.DEDUPLICATION).withMaximumEffectDelay(Duration.ofMinutes(5))),
        BOUNDS_EFFECTS(GatewayCapabilities.of().withMaximumEffectDelay(Duration.ofMinutes(5))),
        SAYS_NOTHING(GatewayCapabilities.of());

        @SuppressWarnings("ImmutableEnumChecker") // a record of values
        final GatewayCapabilities capabilities;

        Platform(GatewayCapabilities capabilities) {
            this.capabilities = capabilities;
        }
    }

    private final VirtualEnvironment environment = new VirtualEnvironment(7);
    private final FakePlatform platform;
    private final BatchOperation operation;
    private final List<TaskRef> tasks = new ArrayList<>();
    private final List<BatchEngine> engines = new ArrayList<>();
    private final @Nullable SwitchoverStep abortAt;
    private JournalStore journal;

    CrashWorld(OperationKind kind, Platform how, Function<InstantSource, JournalStore> journals) {
        this(kind, how, journals, null);
    }

    /**
     * Creates the world of a switchover that is aborted.
     *
     * @param abortAt the gate at which an operator aborts every task, or null if nobody does
     */
    CrashWorld(
            OperationKind kind,
            Platform how,
            Function<InstantSource, JournalStore> journals,
            @Nullable SwitchoverStep abortAt) {
        this.abortAt = abortAt;
        journal = journals.apply(environment.clock());
        platform = new FakePlatform(
                environment,
                PlatformSettings.of(7)
                        .withStage(Duration.ofDays(1))
                        .withCapabilities(undoes(how.capabilities, abortAt != null)),
                FaultScript.none());
        operation = operation(kind);
        for (int i = 1; i <= TASKS; i++) {
            MigrationTask task = task(kind, new TaskRef("oms", "t" + i));
            tasks.add(task.ref());
            platform.add(task);
        }
    }

    private BatchEngine engine(Doom doom) {
        BatchEngine engine = OmsBatch.engine(doom.gateway(platform))
                .environment(environment)
                .journal(doom.journal(journal))
                .limit(ResourceLimit.of("source", task -> task.ref().platform(), 2))
                .build();
        engines.add(engine);
        return engine;
    }

    /** Plans, confirms and sees a run through, unless death intervenes. */
    Optional<BatchReport> live(Doom doom) {
        BatchEngine engine = engine(doom);
        Confirmation confirmation =
                engine.plan(BatchRequest.of("request", ANN, operation, tasks)).confirm(ANN, "go-live");
        try {
            return seeThrough(engine.run(confirmation), doom);
        } catch (OmsBatchException death) {
            assertThat(doom.dead()).as("%s", death).isTrue();
            return Optional.empty();
        }
    }

    /** Lives until death, and longer than a lease lasts. */
    void die(int place) {
        Optional<BatchReport> early = live(new Doom(place));
        assertThat(early).as("place %d", place).isEmpty();
        environment.advance(Duration.ofMinutes(1));
    }

    /** From now on engines find the journal opened again. */
    void reopened(JournalStore again) {
        journal = again;
    }

    /** Goes on with another engine; returns how many outcomes are UNKNOWN, or tell of an undo of which nobody knows, in the end. */
    int recover(int place) {
        Doom never = Doom.never();
        List<BatchRun> recovered = engine(never).recover();
        if (journal.runOfRequest("request").isEmpty()) {
            assertThat(platform.calls()).noneMatch(call -> call.order() != null);
            return 0;
        }
        if (recovered.isEmpty()) {
            assertThat(journal.abandoned(Set.of(), 1))
                    .as("nothing is left to do")
                    .isEmpty();
            return 0;
        }
        BatchReport report = seeThrough(recovered.get(0), never).orElseThrow();
        Map<String, Long> effects = platform.calls().stream()
                .filter(call -> call.order() != null && call.timing().effect() != null)
                .collect(Collectors.groupingBy(CrashWorld::command, Collectors.counting()));
        assertThat(effects.values())
                .as("died at place %d: %s%n%s", place, effects, platform.history())
                .allMatch(times -> times == 1);
        int unknown = report.count(TaskOutcome.Kind.UNKNOWN) + report.count(TaskOutcome.Kind.UNDO_INCOMPLETE);
        assertThat(report.count(wanted()) + unknown)
                .as("died at place %d: %s%n%s", place, report.render(), platform.history())
                .isEqualTo(TASKS);
        return unknown;
    }

    private static String command(GatewayCall call) {
        return call.order().what() + call.order().detail() + " "
                + call.tasks().get(0).id();
    }

    private Optional<BatchReport> seeThrough(BatchRun run, Doom doom) {
        for (int second = 0; second < 5_000 && !doom.dead() && run.state() == RunState.RUNNING; second++) {
            if (run instanceof SwitchoverWorkflow workflow) {
                workflow.board().tasks().forEach(task -> decide(workflow, task));
            }
            environment.advance(Duration.ofSeconds(1));
        }
        if (doom.dead()) {
            return Optional.empty();
        }
        try {
            return run.await(Duration.ofSeconds(1));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Returns how every task ends, if its fate is known. */
    TaskOutcome.Kind wanted() {
        return abortAt == null ? TaskOutcome.Kind.SUCCEEDED : TaskOutcome.Kind.UNDONE;
    }

    private static GatewayCapabilities undoes(GatewayCapabilities capabilities, boolean undoes) {
        if (!undoes) {
            return capabilities;
        }
        Set<GatewayCapability> all = new HashSet<>(capabilities.supported());
        all.add(GatewayCapability.UNDO);
        return GatewayCapabilities.of(all.toArray(GatewayCapability[]::new))
                .withMaximumEffectDelay(capabilities.maximumEffectDelay());
    }

    private void decide(SwitchoverWorkflow workflow, BoardTask task) {
        StepStanding current = task.current();
        if (current != null && current.step() == abortAt && task.actions().contains(SwitchoverAction.ABORT)) {
            var unused = workflow.act(Control.one(
                    SwitchoverAction.ABORT,
                    current.step(),
                    task.ref(),
                    workflow.board().version(),
                    ANN,
                    "the window is over"));
            return;
        }
        for (SwitchoverAction action :
                List.of(SwitchoverAction.CONFIRM, SwitchoverAction.MARK, SwitchoverAction.RETRY)) {
            if (current != null && task.actions().contains(action)) {
                var unused = workflow.act(Control.one(
                        action, current.step(), task.ref(), workflow.board().version(), ANN, "seen"));
                return;
            }
        }
    }

    @Override
    public void close() {
        engines.forEach(BatchEngine::close);
        environment.close();
    }

    private static BatchOperation operation(OperationKind kind) {
        return switch (kind) {
            case START -> BatchOperation.start();
            case STOP -> BatchOperation.stop();
            case RESUME -> BatchOperation.resume();
            case END -> BatchOperation.end();
            case DELETE -> BatchOperation.delete();
            case MODIFY_ALERT_LEVEL -> BatchOperation.modifyAlertLevel(AlertLevel.HIGH);
            case SKIP_FULL_VERIFICATION -> BatchOperation.skipFullVerification();
            case ENTER_FORWARD_SWITCHOVER -> BatchOperation.enterForwardSwitchover();
            case FORWARD_SWITCHOVER -> BatchOperation.forwardSwitchover();
            case ENTER_SWITCH_BACK -> BatchOperation.enterSwitchBack();
            case SWITCH_BACK -> BatchOperation.switchBack();
        };
    }

    private static MigrationTask task(OperationKind kind, TaskRef ref) {
        MigrationTask.Builder task = MigrationTask.builder(ref).type(MigrationType.complete());
        return switch (kind) {
            case START -> task.build();
            case STOP, MODIFY_ALERT_LEVEL ->
                task.status(TaskStatus.RUNNING)
                        .stage(Stage.INCREMENTAL_SYNC, StageProgress.State.MONITORING)
                        .build();
            case RESUME, END ->
                task.status(TaskStatus.STOPPED)
                        .stage(Stage.INCREMENTAL_SYNC, StageProgress.State.MONITORING)
                        .build();
            case DELETE -> task.status(TaskStatus.ENDED).build();
            case SKIP_FULL_VERIFICATION ->
                task.status(TaskStatus.RUNNING)
                        .stage(Stage.FULL_VERIFICATION, StageProgress.State.RUNNING)
                        .build();
            case ENTER_FORWARD_SWITCHOVER ->
                task.status(TaskStatus.RUNNING)
                        .stage(Stage.FULL_VERIFICATION, StageProgress.State.FINISHED)
                        .build();
            case FORWARD_SWITCHOVER ->
                task.status(TaskStatus.RUNNING)
                        .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                        .switchover(new SwitchoverProgress(
                                SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING))
                        .build();
            case ENTER_SWITCH_BACK ->
                task.status(TaskStatus.RUNNING)
                        .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.FINISHED)
                        .switchover(new SwitchoverProgress(
                                SwitchoverStep.START_REVERSE_INCREMENT, SwitchoverProgress.State.DONE))
                        .build();
            case SWITCH_BACK ->
                task.status(TaskStatus.RUNNING)
                        .stage(Stage.SWITCH_BACK, StageProgress.State.RUNNING)
                        .switchover(new SwitchoverProgress(
                                SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING, 2))
                        .build();
        };
    }
}
