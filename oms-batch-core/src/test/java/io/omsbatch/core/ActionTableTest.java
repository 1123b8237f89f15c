package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static io.omsbatch.core.EngineHarness.at;
import static io.omsbatch.core.EngineHarness.entered;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.StepStanding.State;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.workflow.StepSpec;
import io.omsbatch.core.workflow.StepTable;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultRule;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Brings a task to every step and standing of the table, and tries every action there. */
@DisplayName("SW-11: A task at each step, however it stands,")
class ActionTableTest {

    private static final TaskRef T1 = EngineHarness.ref("t1");
    private static final TaskRef T2 = EngineHarness.ref("t2");
    private static final SwitchoverStep LAST = SwitchoverStep.START_REVERSE_INCREMENT;
    private static final Set<State> NOT_CURRENT = EnumSet.of(State.PENDING, State.DONE, State.SKIPPED, State.UNDONE);

    static Stream<Arguments> cells() {
        return StepTable.switchover().rows().stream()
                .flatMap(row -> Stream.of(State.values())
                        .filter(state -> reachable(row, state))
                        .flatMap(state -> Stream.of(SwitchoverAction.values())
                                .map(action -> Arguments.of(row.step(), state, action))));
    }

    /** Those whose failure is left behind come to it only by the evidence that all wait for: the simulator brings tasks there. */
    private static boolean reachable(StepSpec row, State state) {
        boolean leftBehind = row.step() == SwitchoverStep.START_TARGET_STORE
                || row.step() == SwitchoverStep.START_FORWARD_SWITCHOVER;
        return SwitchoverCells.unreachable(row, state).isEmpty() && !(state == State.UNDO_FAILED && leftBehind);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("cells")
    @DisplayName("is open to exactly the actions of the table")
    void everyCell(SwitchoverStep step, State state, SwitchoverAction action) {
        try (Scene scene = new Scene(step, state)) {
            scene.reach();
            StepStanding current = scene.current();
            if (!NOT_CURRENT.contains(state)) {
                assertThat(current)
                        .extracting(StepStanding::step, StepStanding::state)
                        .containsExactly(step, state);
            } else {
                assertThat(scene.standing(step)).isEqualTo(state);
                assertThat(current.step()).isNotEqualTo(step);
            }
            boolean open = SwitchoverCells.open().contains(step + " " + state + " " + action);
            ControlAnswer answer = scene.act(action, step);
            if (open) {
                assertThat(answer).isNotInstanceOf(ControlAnswer.Refused.class);
            } else {
                assertThat(answer).isInstanceOf(ControlAnswer.Refused.class);
            }
        }
    }

    @Test
    @DisplayName("comes to every standing that the table has")
    void complete() {
        for (State state : State.values()) {
            assertThat(StepTable.switchover().rows()).as("%s", state).anyMatch(row -> reachable(row, state));
        }
        assertThat(cells().count()).isGreaterThan(350);
    }

    private static StepSpec row(SwitchoverStep step) {
        return StepTable.switchover().rows().stream()
                .filter(row -> row.step() == step)
                .findAny()
                .orElseThrow();
    }

    /** One task that is brought to a step and standing; where it must wait for another, that one never gets on. */
    private static final class Scene implements AutoCloseable {

        private final SwitchoverStep step;
        private final State state;
        private final boolean waitsForOther;
        private final EngineHarness world;
        private SwitchoverWorkflow workflow;

        Scene(SwitchoverStep step, State state) {
            this.step = step;
            this.state = state;
            this.waitsForOther = state == State.WAITING
                    && (step == SwitchoverStep.PROCESS_DATABASE_OBJECTS || step == SwitchoverStep.SWITCHOVER_PRECHECK);
            this.world = new EngineHarness(
                    PlatformSettings.of(1).withCapabilities(GatewayCapabilities.of(GatewayCapability.UNDO)),
                    faults(),
                    UnaryOperator.identity());
        }

        private FaultScript faults() {
            CallPattern here = CallPattern.of(step).on(T1);
            return switch (state) {
                case RUNNING, UNKNOWN -> always(here, 0, FaultKind.NEVER_SETTLES);
                case FAILED, SKIPPED -> FaultScript.none().once(here, Fault.of(FaultKind.REFUSE));
                case UNDOING -> always(here, 1, FaultKind.NEVER_SETTLES);
                case UNDONE ->
                    always(CallPattern.of(SwitchoverStep.CONFIRM_WRITES_STOPPED).on(T1), 1, FaultKind.NEVER_SETTLES);
                case UNDO_FAILED ->
                    step == SwitchoverStep.CONFIRM_WRITES_STOPPED
                            ? always(here, 1, FaultKind.STEP_FAILS)
                            : FaultScript.none();
                case WAITING ->
                    always(
                            CallPattern.of(SwitchoverStep.START_FORWARD_SWITCHOVER)
                                    .on(T2),
                            0,
                            FaultKind.NEVER_SETTLES);
                case PENDING, GATED, DONE -> FaultScript.none();
            };
        }

        private static FaultScript always(CallPattern calls, int after, FaultKind kind) {
            return FaultScript.of(new FaultRule(calls, after, FaultRule.ALWAYS, Fault.of(kind)));
        }

        void reach() {
            List<TaskRef> tasks = new ArrayList<>(List.of(T1));
            boolean enters = state == State.WAITING
                    && row(step).driver() == StepSpec.Driver.AUTOMATIC
                    && step != SwitchoverStep.SWITCHOVER_PRECHECK;
            world.add("t1", enters ? at(MigrationType.complete(), step) : entered(MigrationType.complete()));
            if (enters) {
                world.platform.leaveTraces(T1);
            }
            RunPolicy policy = RunPolicy.none();
            if (waitsForOther) {
                world.add("t2", entered(MigrationType.complete()));
                tasks.add(T2);
                policy = step == SwitchoverStep.SWITCHOVER_PRECHECK
                        ? policy.withBudget(FailureBudget.tasks(0)) // so that one of them is in flight at most
                        : policy;
            }
            workflow = world.engine()
                    .switchover(world.engine()
                            .plan(BatchRequest.of("r", ANN, BatchOperation.forwardSwitchover(), tasks)
                                    .with(policy))
                            .confirm(ANN, "because"));
            goOn();
            if (EnumSet.of(State.UNDOING, State.UNDO_FAILED, State.UNDONE).contains(state)) {
                takeBack();
            }
        }

        private void goOn() {
            for (int i = 0; i < 4_000 && !there(); i++) {
                StepStanding now = current();
                boolean gate = now.state() == State.GATED;
                boolean goal = now.step() == step && state == State.GATED;
                if (gate && waitsForOther && now.step() == SwitchoverStep.START_FORWARD_SWITCHOVER) {
                    both();
                    continue;
                }
                if (gate && !goal) {
                    act(
                            now.step() == SwitchoverStep.PROCESS_DATABASE_OBJECTS
                                    ? SwitchoverAction.MARK
                                    : SwitchoverAction.CONFIRM,
                            now.step());
                } else if (now.state() == State.FAILED && state == State.SKIPPED) {
                    act(SwitchoverAction.SKIP, now.step());
                }
                if (!there()) {
                    world.environment.advance(Duration.ofMillis(200));
                }
            }
            assertThat(there()).as("%s %s: %s", step, state, current()).isTrue();
        }

        private void both() {
            SwitchoverStep first = SwitchoverStep.START_FORWARD_SWITCHOVER;
            act(SwitchoverAction.CONFIRM, first);
            ControlAnswer answer = Operator.one(workflow, SwitchoverAction.CONFIRM, first, T2);
            assertThat(answer).isInstanceOf(ControlAnswer.Accepted.class);
            world.environment.advance(Duration.ofMillis(200));
        }

        private boolean there() {
            StepStanding now = current();
            return switch (state) {
                case PENDING -> now.state() == State.GATED;
                case DONE, SKIPPED -> now.state() == State.GATED && now.step().compareTo(step) > 0;
                case UNDOING, UNDO_FAILED, UNDONE -> now.state() == State.GATED && now.step() == undoFrom();
                default -> now.step() == step && now.state() == state;
            };
        }

        /** Forward sync is the first to be taken back if the objects were not processed. */
        private SwitchoverStep undoFrom() {
            return state == State.UNDO_FAILED && step == SwitchoverStep.STOP_FORWARD_SYNC
                    ? SwitchoverStep.PROCESS_DATABASE_OBJECTS
                    : LAST;
        }

        private void takeBack() {
            if (state == State.UNDO_FAILED && step != SwitchoverStep.CONFIRM_WRITES_STOPPED) {
                world.platform.targetWrites(T1, SyncLinks.TargetWrites.UNKNOWN);
            }
            act(SwitchoverAction.ABORT, undoFrom());
            SwitchoverStep wanted = state == State.UNDONE ? SwitchoverStep.CONFIRM_WRITES_STOPPED : step;
            State at = state == State.UNDONE ? State.UNDOING : state;
            for (int i = 0; i < 500 && !(current().step() == wanted && current().state() == at); i++) {
                world.environment.advance(Duration.ofMillis(200));
            }
        }

        StepStanding current() {
            return Objects.requireNonNull(Operator.task(workflow.board(), T1).current(), "the task has ended");
        }

        State standing(SwitchoverStep asked) {
            return Operator.task(workflow.board(), T1).steps().stream()
                    .filter(one -> one.step() == asked)
                    .map(StepStanding::state)
                    .findAny()
                    .orElseThrow();
        }

        ControlAnswer act(SwitchoverAction action, SwitchoverStep named) {
            SwitchoverBoard board = workflow.board();
            Control control = Control.one(action, named, T1, board.version(), ANN, "seen");
            ControlAnswer answer = workflow.act(control);
            return answer instanceof ControlAnswer.ConsentNeeded asked
                    ? workflow.act(control.consenting(asked.token()))
                    : answer;
        }

        @Override
        public void close() {
            world.close();
        }
    }
}
