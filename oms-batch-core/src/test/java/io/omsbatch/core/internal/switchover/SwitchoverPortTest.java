package io.omsbatch.core.internal.switchover;

import static io.omsbatch.core.internal.switchover.AtStep.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Position;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.internal.durable.Settlement;
import io.omsbatch.core.internal.read.Looked;
import io.omsbatch.core.internal.step.FreezeTimings;
import io.omsbatch.core.internal.step.Readiness;
import io.omsbatch.core.internal.step.Sight;
import io.omsbatch.core.settings.SwitchoverSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A switchover, as a run carries it out,")
class SwitchoverPortTest {

    private static final SwitchoverStep STORE = SwitchoverStep.START_TARGET_STORE;
    private static final SwitchoverStep STOP = SwitchoverStep.STOP_FORWARD_SYNC;
    private static final AtStep ENTRY = AtStep.at(STORE);
    private static final AtStep ATTEMPTED = new AtStep(ENTRY.rows(), ENTRY.row(), ENTRY.member(), 0, 1, false);
    private static final TaskRef TASK = ENTRY.ref();
    private static final MigrationTask RUNNING = ENTRY.planned();

    private final List<String> calls = new ArrayList<>();
    private final Map<TaskRef, @Nullable MigrationTask> tasks = new HashMap<>();
    private final Map<TaskRef, @Nullable SwitchoverSnapshot> snapshots = new HashMap<>();
    private final List<StepCommand> commands = new ArrayList<>();

    private final SwitchoverGateway gateway = new SwitchoverGateway() {
        @Override
        public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> asked) {
            calls.add("observe");
            return snapshots;
        }

        @Override
        public GatewayReply command(StepCommand command) {
            commands.add(command);
            return GatewayReply.accepted();
        }

        @Override
        public GatewayCapabilities capabilities() {
            return GatewayCapabilities.of();
        }

        @Override
        public Map<TaskRef, MigrationTask> read(Set<TaskRef> asked) {
            calls.add("read");
            return tasks;
        }

        @Override
        public TaskPage list(@Nullable String from, int size) {
            return new TaskPage(List.of(), null);
        }

        @Override
        public GatewayReply command(TaskCommand command) {
            throw new AssertionError("a switchover sends commands of steps");
        }
    };

    private SwitchoverPort port(EligibilityPolicy policy) {
        return new SwitchoverPort(
                gateway,
                BatchOperation.forwardSwitchover(),
                policy,
                new StepRules(
                        SwitchoverSettings.defaults(),
                        FreezeBudget.defaults(),
                        new FreezeTimings(),
                        gateway.capabilities()));
    }

    private final SwitchoverPort port = port((task, operation) -> Verdict.yes());

    private static SwitchoverSnapshot shows(SwitchoverStep step, SwitchoverProgress.State state, int round) {
        return SwitchoverSnapshot.at(new SwitchoverProgress(step, state, round))
                .withLinks(new SyncLinks(SyncLinks.State.RUNNING, SyncLinks.State.ABSENT, Position.of(1)));
    }

    private static SwitchoverSnapshot waiting() {
        return shows(STORE, SwitchoverProgress.State.WAITING, 1);
    }

    private static String says(Readiness readiness) {
        Problem problem = readiness.problem();
        return readiness.kind() + (problem == null ? "" : " " + problem);
    }

    private static String says(Settlement settlement) {
        Problem problem = settlement.problem();
        return settlement.kind() + (problem == null ? " " + settlement.text() : " " + problem);
    }

    private Looked<Sight> look(boolean beforeCommand) {
        return port.look(Set.of(TASK), beforeCommand, () -> calls.add("turn")).get(TASK);
    }

    @Test
    @DisplayName("takes a turn for each call by which it looks, and says before how many those are")
    void turns() {
        tasks.put(TASK, RUNNING);
        snapshots.put(TASK, waiting());
        assertThat(look(true).value()).isEqualTo(new Sight(RUNNING, waiting()));
        assertThat(calls).containsExactly("turn", "read", "turn", "observe");
        assertThat(port.callsBeforeCommand()).isEqualTo(2);
        calls.clear();
        assertThat(look(false).value()).isEqualTo(new Sight(null, waiting()));
        assertThat(calls).containsExactly("turn", "observe");
    }

    @Test
    @DisplayName("sees a task as absent only if neither it nor its switchover is there")
    void absent() {
        assertThat(look(true).absent()).isTrue();
        assertThat(look(false).absent()).isTrue();
        snapshots.put(TASK, waiting());
        assertThat(look(true).value()).isEqualTo(new Sight(null, waiting()));
        snapshots.clear();
        tasks.put(TASK, RUNNING);
        assertThat(look(true).value()).isEqualTo(new Sight(RUNNING, null));
    }

    @Test
    @DisplayName("sees nothing of a task of which one of two looks is broken")
    void broken() {
        tasks.put(TASK, RUNNING);
        snapshots.put(TASK, null);
        assertThat(look(true).problem()).asString().contains("null for");
        assertThat(look(false).problem()).asString().contains("null for");
        snapshots.put(TASK, waiting());
        tasks.put(TASK, null);
        assertThat(look(true).problem()).asString().contains("null for");
        assertThat(look(true).value()).isNull();
    }

    @Test
    @DisplayName("commands a step of the round that was planned, with what is to be done with it")
    void commands() {
        CommandContext context = new CommandContext("run", "key", 1, new FencingToken(1), NOW, new Actor("ann"));
        assertThat(port.command(ENTRY, context)).isEqualTo(GatewayReply.accepted());
        port.command(AtStep.at(STORE).skipping(), context);
        port.command(AtStep.undoing(STORE, 0), context);
        assertThat(commands)
                .containsExactly(
                        new StepCommand(TASK, STORE, 1, StepCommand.Action.RUN, context),
                        new StepCommand(TASK, STORE, 1, StepCommand.Action.SKIP, context),
                        new StepCommand(TASK, STORE, 1, StepCommand.Action.UNDO, context));
    }

    @Test
    @DisplayName("commands nothing to a task that is gone, or not running in this round of its switchover")
    void notInSwitchover() {
        assertThat(says(port.readiness(ENTRY, new Sight(RUNNING, waiting()), NOW)))
                .isEqualTo("GO");
        assertThat(says(port.readiness(ENTRY, null, NOW))).startsWith("FAIL TASK_GONE");
        assertThat(says(port.readiness(ENTRY, new Sight(null, waiting()), NOW))).startsWith("FAIL TASK_GONE");
        assertThat(says(port.readiness(ENTRY, new Sight(RUNNING, null), NOW)))
                .startsWith("FAIL NOT_IN_SWITCHOVER")
                .contains("the task is RUNNING in");
        MigrationTask paused = RUNNING.toBuilder().status(TaskStatus.STOPPED).build();
        assertThat(says(port.readiness(ATTEMPTED, new Sight(paused, waiting()), NOW)))
                .startsWith("FAIL NOT_IN_SWITCHOVER")
                .contains("the task is STOPPED in");
        assertThat(says(port.readiness(
                        ENTRY, new Sight(RUNNING, shows(STORE, SwitchoverProgress.State.WAITING, 2)), NOW)))
                .startsWith("FAIL NOT_IN_SWITCHOVER")
                .contains("in round 2", "about round 1");
    }

    @Test
    @DisplayName("PLAN-3: judges a task again before its first command, and not later")
    void judgedAgain() {
        SwitchoverPort strict = port((task, operation) -> Verdict.no(new Reason("HOST", "not today")));
        Sight sight = new Sight(RUNNING, waiting());
        Readiness first = strict.readiness(ENTRY, sight, NOW);
        assertThat(first.outcome())
                .isInstanceOfSatisfying(
                        TaskOutcome.Stale.class,
                        stale -> assertThat(stale.problem().message()).contains("not today"));
        assertThat(says(strict.readiness(ATTEMPTED, sight, NOW))).isEqualTo("GO");
        AtStep later = AtStep.at(STORE).after(SwitchoverStep.SWITCHOVER_PRECHECK);
        assertThat(says(strict.readiness(later, sight, NOW))).isEqualTo("GO");
    }

    @Test
    @DisplayName("SW-8: takes a task back whatever its status is, as long as its switchover shows")
    void takenBack() {
        MigrationTask failed = RUNNING.toBuilder().status(TaskStatus.FAILED).build();
        AtStep back = AtStep.undoing(STORE, 0);
        assertThat(says(port.readiness(back, new Sight(failed, waiting()), NOW)))
                .isEqualTo("GO");
        assertThat(says(port.readiness(back, new Sight(failed, null), NOW)))
                .startsWith("FAIL NOT_IN_SWITCHOVER")
                .contains("the task is FAILED in");
    }

    @Test
    @DisplayName("fails once its task is not in its switchover any more, and waits while another round shows")
    void settlement() {
        assertThat(says(port.settlement(ENTRY, null))).startsWith("FAILED NOT_IN_SWITCHOVER");
        assertThat(says(port.settlement(ENTRY, new Sight(RUNNING, null)))).startsWith("FAILED NOT_IN_SWITCHOVER");
        SwitchoverSnapshot otherRound = shows(STORE, SwitchoverProgress.State.DONE, 2);
        assertThat(says(port.settlement(ENTRY, new Sight(null, otherRound))))
                .startsWith("GOING the task is in round 2");
        assertThat(port.settlement(ENTRY, new Sight(null, otherRound)).untouched())
                .isFalse();
        SwitchoverSnapshot later = shows(STOP, SwitchoverProgress.State.WAITING, 1);
        assertThat(port.settlement(ENTRY, new Sight(null, later))).isEqualTo(Settlement.wanted());
        assertThat(says(port.settlement(AtStep.undoing(STORE, 1), new Sight(null, later))))
                .startsWith("GOING");
    }
}
