package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.engine.TaskStory;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SEC-4: The story of a task")
class TaskStoryTest {

    private static final TaskRef T1 = EngineHarness.ref("t1");
    private static final TaskRef T2 = EngineHarness.ref("t2");

    private static TaskStory story(EngineHarness world, BatchRun run, TaskRef task) {
        return world.engine().explain(run.id(), task).orElseThrow();
    }

    /** The sentences without their times, and then how it stands; keys and engines are named as they come. */
    private static List<String> told(TaskStory story) {
        List<String> told = new ArrayList<>();
        story.sentences().forEach(sentence -> told.add(plain(sentence.text())));
        told.add("NOW " + plain(story.now()));
        return told;
    }

    private static String plain(String text) {
        return text.replaceAll("under the key \\S+", "under the key K").replaceAll("v1-\\d+", "ENGINE");
    }

    private static void act(BatchRun run, RunAction action) {
        assertThat(run.control(new RunControl(action, run.version(), ANN, "it was time")))
                .isInstanceOf(ControlAnswer.Accepted.class);
    }

    private static EngineHarness slow() {
        return new EngineHarness(
                PlatformSettings.of(1).withLatency(Duration.ofSeconds(1)).withSettle(Duration.ofSeconds(9)),
                FaultScript.none(),
                settings ->
                        settings.withCalls(settings.calls().withConcurrency(1)).withCloseTimeout(Duration.ZERO));
    }

    @Test
    @DisplayName("tells of a reply that was lost, how the doubt ended, and the outcome")
    void lostReply() {
        FaultScript faults = FaultScript.none()
                .once(CallPattern.of(OperationKind.STOP), Fault.of(FaultKind.AMBIGUOUS_BEFORE_EFFECT));
        try (EngineHarness world = EngineHarness.with(faults)) {
            BatchRun run = world.start(BatchOperation.stop(), world.add(1, EngineHarness.running()));
            BatchReport unused = world.await(run);
            assertThat(told(story(world, run, T1)))
                    .containsExactly(
                            "ann planned \"stop\" for it: it was RUNNING, at INCREMENTAL_SYNC:MONITORING",
                            "ann confirmed the plan: because",
                            "Attempt 1 of \"stop\" was about to be sent by the owner with token 1, under the key K",
                            "It ended as unknown: NOT_SETTLED: at last the task is RUNNING in "
                                    + "INCREMENTAL_SYNC:MONITORING; before that REPLY_LOST: the connection was cut (look at "
                                    + "the task on its platform before trying again) (look at the task on its platform; it may "
                                    + "still get there by itself)",
                            "NOW It ended as unknown: NOT_SETTLED: at last the task is RUNNING in "
                                    + "INCREMENTAL_SYNC:MONITORING; before that REPLY_LOST: the connection was cut (look at "
                                    + "the task on its platform before trying again) (look at the task on its platform; it may "
                                    + "still get there by itself)");
        }
    }

    @Test
    @DisplayName("tells that a command was sent again because its fate was unknown, and how that ended")
    void sentAgain() {
        FaultScript faults = FaultScript.none()
                .once(CallPattern.of(OperationKind.STOP), Fault.of(FaultKind.AMBIGUOUS_BEFORE_EFFECT));
        try (EngineHarness world = new EngineHarness(
                PlatformSettings.of(3).withCapabilities(GatewayCapabilities.of(GatewayCapability.DEDUPLICATION)),
                faults,
                UnaryOperator.identity())) {
            BatchRun run = world.start(BatchOperation.stop(), world.add(1, EngineHarness.running()));
            BatchReport unused = world.await(run);
            String doubt =
                    " left in doubt whether it had its effect: REPLY_LOST: the connection was cut (look at the task on its"
                            + " platform before trying again); it is sent again under the same key";
            assertThat(told(story(world, run, T1)))
                    .startsWith(
                            "ann planned \"stop\" for it: it was RUNNING, at INCREMENTAL_SYNC:MONITORING",
                            "ann confirmed the plan: because",
                            "Attempt 1 of \"stop\" was about to be sent by the owner with token 1, under the key K",
                            "Attempt 1" + doubt,
                            "Attempt 2 of \"stop\" was about to be sent by the owner with token 1, under the key K")
                    .endsWith(
                            "It succeeded: the wanted state was seen, which ends the doubt",
                            "NOW It succeeded: the wanted state was seen, which ends the doubt");
        }
    }

    @Test
    @DisplayName("tells of retry, skip with its waiver, eject, and each gate that was confirmed by whom and why")
    void switchover() {
        FaultScript faults = FaultScript.none()
                .times(CallPattern.of(SwitchoverStep.START_TARGET_STORE).on(T1), 2, Fault.of(FaultKind.REFUSE));
        try (EngineHarness world = EngineHarness.with(faults)) {
            SwitchoverWorkflow run = world.switchover(world.add(2, EngineHarness.entered(MigrationType.complete())));
            Operator.settle(world, run);
            assertThat(told(story(world, run, T1)))
                    .containsExactly(
                            "ann planned \"forward switchover\" for it: it was RUNNING, at "
                                    + "START_FORWARD_SWITCHOVER:WAITING; it goes with lane 1, from \"start forward switchover\" "
                                    + "on",
                            "ann confirmed the plan: because",
                            "NOW It waits for an operator to confirm \"start forward switchover\"");
            Operator.all(run, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
            Operator.settle(world, run);
            assertThat(told(story(world, run, T1)))
                    .containsExactly(
                            "ann planned \"forward switchover\" for it: it was RUNNING, at "
                                    + "START_FORWARD_SWITCHOVER:WAITING; it goes with lane 1, from \"start forward switchover\" "
                                    + "on",
                            "ann confirmed the plan: because",
                            "ann confirmed \"start forward switchover\": seen",
                            "Attempt 1 of \"start forward switchover\" was about to be sent by the owner with token 1, "
                                    + "under the key K",
                            "\"start forward switchover\" is over",
                            "Attempt 1 of \"switchover precheck\" was about to be sent by the owner with token 1, under the key K",
                            "\"switchover precheck\" is over",
                            "Attempt 1 of \"start target store\" was about to be sent by the owner with token 1, under the key K",
                            "\"start target store\" did not come through: GHANA-OPERAT000002: the platform refuses "
                                    + "(ask its operator); an operator decides",
                            "NOW \"start target store\" did not come through; it waits for an operator: retry, skip, eject, leave");
            Operator.one(run, SwitchoverAction.RETRY, SwitchoverStep.START_TARGET_STORE, T1);
            Operator.settle(world, run);
            Operator.one(run, SwitchoverAction.SKIP, SwitchoverStep.START_TARGET_STORE, T1);
            Operator.settle(world, run);
            Operator.all(run, SwitchoverAction.CONFIRM, SwitchoverStep.CONFIRM_WRITES_STOPPED);
            Operator.settle(world, run);
            Operator.one(run, SwitchoverAction.MARK, SwitchoverStep.PROCESS_DATABASE_OBJECTS, T2);
            Operator.settle(world, run);
            assertThat(told(story(world, run, T2)))
                    .endsWith(
                            "\"process database objects\" is over",
                            "NOW It waits for those of its lane that are not marked yet, unless it goes alone. Then: "
                                    + "It waits for an operator to confirm \"start reverse increment\"");
            Operator.one(run, SwitchoverAction.EJECT, SwitchoverStep.PROCESS_DATABASE_OBJECTS, T1);
            BatchReport unused = Operator.drive(world, run);
            assertThat(told(story(world, run, T1)))
                    .containsExactly(
                            "ann planned \"forward switchover\" for it: it was RUNNING, at "
                                    + "START_FORWARD_SWITCHOVER:WAITING; it goes with lane 1, from \"start forward switchover\" "
                                    + "on",
                            "ann confirmed the plan: because",
                            "ann confirmed \"start forward switchover\": seen",
                            "Attempt 1 of \"start forward switchover\" was about to be sent by the owner with token 1, "
                                    + "under the key K",
                            "\"start forward switchover\" is over",
                            "Attempt 1 of \"switchover precheck\" was about to be sent by the owner with token 1, under the key K",
                            "\"switchover precheck\" is over",
                            "Attempt 1 of \"start target store\" was about to be sent by the owner with token 1, under the key K",
                            "\"start target store\" did not come through: GHANA-OPERAT000002: the platform refuses "
                                    + "(ask its operator); an operator decides",
                            "ann had \"start target store\" tried again: seen",
                            "Attempt 1 of \"start target store\" was about to be sent by the owner with token 1, under the key K",
                            "\"start target store\" did not come through: GHANA-OPERAT000002: the platform refuses "
                                    + "(ask its operator); an operator decides",
                            "ann skipped \"start target store\": seen",
                            "ann waived REVERSE_PATH: seen; there is no way back: without a target store the reverse "
                                    + "increment cannot start",
                            "Attempt 1 of \"start target store\", to pass over it, was about to be sent by the owner "
                                    + "with token 1, under the key K",
                            "\"start target store\" was passed over",
                            "ann confirmed \"confirm writing stopped at source\": seen",
                            "Attempt 1 of \"confirm writing stopped at source\" was about to be sent by the owner with "
                                    + "token 1, under the key K",
                            "\"confirm writing stopped at source\" is over",
                            "Attempt 1 of \"confirm sync timestamp\" was about to be sent by the owner with token 1, under the key K",
                            "\"confirm sync timestamp\" is over",
                            "Attempt 1 of \"stop forward sync\" was about to be sent by the owner with token 1, under the key K",
                            "\"stop forward sync\" is over",
                            "ann took it out of its lane at \"process database objects\", to go on alone: seen",
                            "ann marked \"process database objects\" as completed: seen",
                            "Attempt 1 of \"process database objects\" was about to be sent by the owner with token 1, "
                                    + "under the key K",
                            "\"process database objects\" is over",
                            "From here it only goes forward: \"process database objects\" is its point of no return",
                            "It succeeded: the wanted state was seen",
                            "NOW It succeeded: the wanted state was seen");
            assertThat(told(story(world, run, T2)))
                    .endsWith(
                            "ann confirmed \"start reverse increment\": seen",
                            "Attempt 1 of \"start reverse increment\" was about to be sent by the owner with token 1, "
                                    + "under the key K",
                            "From here it only goes forward: \"start reverse increment\" is its point of no return",
                            "\"start reverse increment\" is over",
                            "It succeeded: the wanted state was seen",
                            "NOW It succeeded: the wanted state was seen");
        }
    }

    @Test
    @DisplayName("tells of an owner that was lost in the middle of an attempt, and who took the run over")
    void takeOver() throws InterruptedException {
        try (EngineHarness world = slow();
                BatchEngine other = world.builder().build()) {
            BatchRun run = world.start(BatchOperation.stop(), world.add(2, EngineHarness.running()));
            world.environment.advance(Duration.ofMillis(1_500));
            world.engine().close();
            world.environment.advance(Duration.ofMinutes(1));
            BatchRun there = other.recover().get(0);
            BatchReport unused = there.await(EngineHarness.LONG).orElseThrow();
            assertThat(told(other.explain(run.id(), T1).orElseThrow()))
                    .containsExactly(
                            "ann planned \"stop\" for it: it was RUNNING, at INCREMENTAL_SYNC:MONITORING",
                            "ann confirmed the plan: because",
                            "Attempt 1 of \"stop\" was about to be sent by the owner with token 1, under the key K",
                            "ENGINE took the run over, with token 2; what came of attempt 1 was not written, so it is looked for",
                            "It succeeded: the wanted state was seen, which ends the doubt",
                            "NOW It succeeded: the wanted state was seen, which ends the doubt");
            assertThat(told(other.explain(run.id(), T2).orElseThrow()))
                    .containsExactly(
                            "ann planned \"stop\" for it: it was RUNNING, at INCREMENTAL_SYNC:MONITORING",
                            "ann confirmed the plan: because",
                            "ENGINE took the run over, with token 2",
                            "Attempt 1 of \"stop\" was about to be sent by ENGINE with token 2, under the key K",
                            "It succeeded: the wanted state was seen",
                            "NOW It succeeded: the wanted state was seen");
        }
    }

    @Test
    @DisplayName("tells that a run was parked, released and closed, and what its operator can do meanwhile")
    void parked() throws InterruptedException {
        try (EngineHarness world = slow();
                BatchEngine other = world.builder().build()) {
            BatchRun run = world.start(BatchOperation.stop(), world.add(2, EngineHarness.running()));
            world.environment.advance(Duration.ofMillis(1_500));
            world.journal.append(
                    run.id(),
                    new FencingToken(1),
                    List.of(new JournalRecord(
                            world.environment.clock().instant(),
                            JournalRecord.Kind.PARKED,
                            null,
                            "ENGINE_DEFECT",
                            Map.of("message", "a defect"))));
            world.engine().close();
            world.environment.advance(Duration.ofMinutes(1));
            assertThat(told(other.explain(run.id(), T1).orElseThrow()))
                    .containsExactly(
                            "ann planned \"stop\" for it: it was RUNNING, at INCREMENTAL_SYNC:MONITORING",
                            "ann confirmed the plan: because",
                            "Attempt 1 of \"stop\" was about to be sent by the owner with token 1, under the key K",
                            "The run was parked: ENGINE_DEFECT: a defect",
                            "NOW The run was parked: ENGINE_DEFECT: a defect. It rests until an operator resumes the "
                                    + "run, releases its claims, or closes it as unknown. Before that: A command of \"stop\" is "
                                    + "on its way, or its effect is looked for");
            BatchRun there = other.find(run.id()).orElseThrow();
            act(there, RunAction.RELEASE_CLAIMS);
            world.environment.advance(Duration.ofMinutes(1));
            assertThat(told(other.explain(run.id(), T1).orElseThrow()))
                    .containsExactly(
                            "ann planned \"stop\" for it: it was RUNNING, at INCREMENTAL_SYNC:MONITORING",
                            "ann confirmed the plan: because",
                            "Attempt 1 of \"stop\" was about to be sent by the owner with token 1, under the key K",
                            "The run was parked: ENGINE_DEFECT: a defect",
                            "ann released the claims of the run: it was time",
                            "Its claim was given up with a command in flight: it counts as UNKNOWN until that is settled",
                            "The run was parked: ENGINE_DEFECT: a defect",
                            "NOW The run was parked: ENGINE_DEFECT: a defect. It rests until an operator resumes the "
                                    + "run, releases its claims, or closes it as unknown. Before that: Its claim is given up; "
                                    + "this run claims it again if the run is resumed");
            act(there, RunAction.CLOSE_AS_UNKNOWN);
            BatchReport unused = there.await(Duration.ofMinutes(5)).orElseThrow();
            String closed =
                    "It ended as unknown: CLOSED_AS_UNKNOWN: ann: it was time; before that OWNER_LOST: the engine "
                            + "that sent the command did not write what came of it (look at the task) (look at the task on its "
                            + "platform before trying again)";
            assertThat(told(other.explain(run.id(), T1).orElseThrow()))
                    .containsExactly(
                            "ann planned \"stop\" for it: it was RUNNING, at INCREMENTAL_SYNC:MONITORING",
                            "ann confirmed the plan: because",
                            "Attempt 1 of \"stop\" was about to be sent by the owner with token 1, under the key K",
                            "The run was parked: ENGINE_DEFECT: a defect",
                            "ann released the claims of the run: it was time",
                            "Its claim was given up with a command in flight: it counts as UNKNOWN until that is settled",
                            "The run was parked: ENGINE_DEFECT: a defect",
                            "ENGINE took the run over, with token 3",
                            "ann closed the run without knowing what became of its tasks: it was time",
                            closed,
                            "NOW " + closed);
            assertThat(told(other.explain(run.id(), T2).orElseThrow()))
                    .containsExactly(
                            "ann planned \"stop\" for it: it was RUNNING, at INCREMENTAL_SYNC:MONITORING",
                            "ann confirmed the plan: because",
                            "The run was parked: ENGINE_DEFECT: a defect",
                            "ann released the claims of the run: it was time",
                            "Its claim was given up, with nothing in flight: other runs may have it",
                            "The run was parked: ENGINE_DEFECT: a defect",
                            "ENGINE took the run over, with token 3",
                            "ann closed the run without knowing what became of its tasks: it was time",
                            "It ended as not attempted: RUN_CANCELED: ann: it was time (plan the task again if it is still wanted)",
                            "NOW It ended as not attempted: RUN_CANCELED: ann: it was time (plan the task again if "
                                    + "it is still wanted)");
        }
    }

    @Test
    @DisplayName("says what a task waits for while its run is paused or canceled")
    void pausedAndCanceled() {
        try (EngineHarness world = slow()) {
            BatchRun run = world.start(BatchOperation.stop(), world.add(2, EngineHarness.running()));
            world.environment.advance(Duration.ofMillis(500));
            act(run, RunAction.PAUSE);
            assertThat(told(story(world, run, T2)))
                    .containsExactly(
                            "ann planned \"stop\" for it: it was RUNNING, at INCREMENTAL_SYNC:MONITORING",
                            "ann confirmed the plan: because",
                            "ann paused the run: it was time",
                            "NOW The run is paused: nothing new begins until an operator resumes it. Then: It waits "
                                    + "for its turn at \"stop\"");
            act(run, RunAction.RESUME);
            act(run, RunAction.CANCEL);
            assertThat(told(story(world, run, T1)))
                    .containsExactly(
                            "ann planned \"stop\" for it: it was RUNNING, at INCREMENTAL_SYNC:MONITORING",
                            "ann confirmed the plan: because",
                            "ann paused the run: it was time",
                            "ann resumed the run: it was time",
                            "ann canceled the run: it was time",
                            "NOW The run is canceled: what is in flight settles, then it ends, unless it is past its "
                                    + "point of no return. Before that: It waits for its turn at \"stop\"");
            BatchReport unused = world.await(run);
            assertThat(told(story(world, run, T2)))
                    .containsExactly(
                            "ann planned \"stop\" for it: it was RUNNING, at INCREMENTAL_SYNC:MONITORING",
                            "ann confirmed the plan: because",
                            "ann paused the run: it was time",
                            "ann resumed the run: it was time",
                            "ann canceled the run: it was time",
                            "It ended as not attempted: RUN_CANCELED: ann: it was time (plan the task again if it is still wanted)",
                            "NOW It ended as not attempted: RUN_CANCELED: ann: it was time (plan the task again if "
                                    + "it is still wanted)");
        }
    }

    @Test
    @DisplayName("says why a task was left out, and is empty for tasks and runs that are not there")
    void leftOut() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = new ArrayList<>(world.add(1, EngineHarness.running()));
            tasks.add(T2);
            BatchRun run = world.start(BatchOperation.start(), tasks);
            BatchReport unused = world.await(run);
            assertThat(told(story(world, run, T1)))
                    .containsExactly(
                            "ann planned \"start\", and left it out: task t1 is RUNNING; start needs NOT_STARTED; it "
                                    + "was RUNNING, at INCREMENTAL_SYNC:MONITORING",
                            "ann confirmed the plan: because",
                            "It ended as ineligible: task t1 is RUNNING; start needs NOT_STARTED",
                            "NOW It ended as ineligible: task t1 is RUNNING; start needs NOT_STARTED");
            assertThat(told(story(world, run, T2)))
                    .containsExactly(
                            "ann planned \"start\", and left it out: the platform had no such task",
                            "ann confirmed the plan: because",
                            "It ended as not found: no such task",
                            "NOW It ended as not found: no such task");
            assertThat(world.engine().explain(run.id(), EngineHarness.ref("t9")))
                    .isEmpty();
            assertThat(world.engine().explain("no-such-run", T1)).isEmpty();
            assertThatThrownBy(() -> world.engine().explain("", T1)).isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    @DisplayName("SEC-2: shows no line break or control character of a reason")
    void escaped() {
        try (EngineHarness world = EngineHarness.healthy()) {
            SwitchoverWorkflow run = world.switchover(world.add(1, EngineHarness.entered(MigrationType.complete())));
            Operator.settle(world, run);
            run.act(Control.all(
                    SwitchoverAction.CONFIRM,
                    SwitchoverStep.START_FORWARD_SWITCHOVER,
                    1,
                    run.board().version(),
                    ANN,
                    "one\nSucceeded: \u202Eall"));
            TaskStory story = story(world, run, T1);
            assertThat(story.render())
                    .contains("one\\u{a}Succeeded: \\u{202e}all")
                    .doesNotContain("\u202E");
            assertThat(story.render().lines()).hasSize(story.sentences().size() + 2);
        }
    }
}
