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
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.GatewayCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName("An engine that dies just before or just after a write or a command (DUR-1, DUR-2, RUN-2, RUN-3)")
class CrashTest {

    private static final Logger LOG = LoggerFactory.getLogger(CrashTest.class);
    private static final Actor ANN = new Actor("ann");
    private static final int TASKS = 2;

    /** A platform that deduplicates; one that says how late an effect may come; one that says nothing. */
    private enum Platform {
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

    static Stream<Arguments> deaths() {
        return Stream.of(OperationKind.values())
                .flatMap(kind -> Stream.of(Platform.values()).map(platform -> Arguments.of(kind, platform)));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    @DisplayName("is followed by one that finishes the same plan, with the same outcomes, and does nothing twice")
    void everyPlace(OperationKind kind, Platform platform) {
        int places;
        try (World world = new World(kind, platform)) {
            Doom alive = Doom.never();
            BatchReport report = world.live(alive).orElseThrow();
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(TASKS);
            places = alive.passed();
        }
        assertThat(places).isGreaterThan(10);
        int unknown = 0;
        for (int place = 1; place <= places; place++) {
            try (World world = new World(kind, platform)) {
                unknown += world.dieAt(place);
            }
        }
        LOG.warn(
                "{} on a platform that {}: died at each of {} places, {} outcomes UNKNOWN",
                kind,
                platform,
                places,
                unknown);
        if (platform != Platform.SAYS_NOTHING) {
            assertThat(unknown).isZero();
        }
    }

    private static final class World implements AutoCloseable {
        final VirtualEnvironment environment = new VirtualEnvironment(7);
        final FakePlatform platform;
        final InMemoryJournalStore journal = new InMemoryJournalStore(environment.clock());
        final BatchOperation operation;
        final List<TaskRef> tasks = new ArrayList<>();
        final List<BatchEngine> engines = new ArrayList<>();

        World(OperationKind kind, Platform how) {
            platform = new FakePlatform(
                    environment,
                    PlatformSettings.of(7).withStage(Duration.ofDays(1)).withCapabilities(how.capabilities),
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
                    .build();
            engines.add(engine);
            return engine;
        }

        /** Plans, confirms and sees a run through, unless death intervenes. */
        Optional<BatchReport> live(Doom doom) {
            BatchEngine engine = engine(doom);
            Confirmation confirmation = engine.plan(BatchRequest.of("request", ANN, operation, tasks))
                    .confirm(ANN, "go-live");
            try {
                return seeThrough(engine.run(confirmation), doom);
            } catch (OmsBatchException death) {
                assertThat(doom.dead()).as("%s", death).isTrue();
                return Optional.empty();
            }
        }

        /** Returns how many outcomes are UNKNOWN in the end. */
        int dieAt(int place) {
            Doom doom = new Doom(place);
            Optional<BatchReport> early = live(doom);
            assertThat(early).as("place %d", place).isEmpty();
            environment.advance(Duration.ofMinutes(1));
            Doom never = Doom.never();
            List<BatchRun> recovered = engine(never).recover();
            if (journal.runOfRequest("request").isEmpty()) {
                assertThat(platform.calls()).noneMatch(call -> call.order() != null);
                return 0;
            }
            if (recovered.isEmpty()) {
                assertThat(journal.abandoned(1)).as("nothing is left to do").isEmpty();
                return 0;
            }
            BatchReport report = seeThrough(recovered.get(0), never).orElseThrow();
            Map<String, Long> effects = platform.calls().stream()
                    .filter(call -> call.order() != null && call.timing().effect() != null)
                    .collect(Collectors.groupingBy(World::command, Collectors.counting()));
            assertThat(effects.values())
                    .as("died at place %d: %s%n%s", place, effects, platform.history())
                    .allMatch(times -> times == 1);
            int unknown = report.count(TaskOutcome.Kind.UNKNOWN);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED) + unknown)
                    .as("died at place %d: %s%n%s", place, report.render(), platform.history())
                    .isEqualTo(TASKS);
            return unknown;
        }

        private static String command(GatewayCall call) {
            return call.order().what() + " " + call.tasks().get(0).id();
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

        private static void decide(SwitchoverWorkflow workflow, BoardTask task) {
            StepStanding current = task.current();
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
        };
    }
}
