package io.omsbatch.core;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.GatewayCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

@Label("Any switchover, of any tasks, on any platform, whatever its operator does and whatever goes wrong")
class SwitchoverProperties {

    private static final int PATIENCE = 400;
    private static final int MOST_ROUNDS = 4_000;

    record Entering(MigrationType type, int at) {
        SwitchoverStep step() {
            return type.switchoverSteps().get(at % type.switchoverSteps().size());
        }
    }

    /** An operator who acts now and then, from a list that is gone through again and again. */
    record Whims(List<Integer> numbers) {
        int at(int round, int task) {
            return numbers.get((round * 7 + task * 3) % numbers.size());
        }
    }

    @Provide
    Arbitrary<List<Entering>> tasks() {
        Arbitrary<MigrationType> types = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(MigrationType.complete())),
                Tuple.of(1, Arbitraries.of(MigrationType.all())));
        Arbitrary<Integer> steps = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(0, 7)));
        return Combinators.combine(types, steps)
                .as(Entering::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<Whims> whims() {
        return Arbitraries.integers()
                .between(0, 999)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(Whims::new);
    }

    @Provide
    Arbitrary<Weather> weather() {
        return Weather.any();
    }

    @Property(tries = 1_000)
    @Label("keeps every rule of the cutover, and ends (RUN-1 to RUN-8, RUN-10, RUN-12, SW-1 to SW-7, SW-10)")
    void keepsTheRules(
            @ForAll("tasks") List<Entering> tasks, @ForAll("weather") Weather weather, @ForAll("whims") Whims whims) {
        try (EngineHarness world = weather.world()) {
            List<TaskRef> refs = new ArrayList<>();
            for (Entering task : tasks) {
                refs.add(world.add("t" + (refs.size() + 1), EngineHarness.at(task.type(), task.step())));
            }
            BatchPlan plan;
            try {
                plan = world.plan(BatchOperation.forwardSwitchover(), refs);
            } catch (GatewayException unreadable) {
                return; // the platform could not be read at all, and nothing was changed
            }
            SwitchoverWorkflow workflow = world.engine().switchover(plan.confirm(EngineHarness.ANN, "because"));
            operate(world, workflow, whims);
            BatchReport report = world.await(workflow);
            RunFindings.check(world, plan, report, weather.concurrency());
            confirmedBeforeCommanded(world);
            skipsHaveWaivers(world);
        }
    }

    private static void operate(EngineHarness world, SwitchoverWorkflow workflow, Whims whims) {
        for (int round = 0; workflow.state() == RunState.RUNNING; round++) {
            if (round > MOST_ROUNDS) {
                throw new AssertionError(
                        "RUN-8: does not end\n" + workflow.board().render() + world.platform.history());
            }
            world.environment.advance(Duration.ofMillis(300 + whims.at(round, 0) * 4L));
            letSyncLag(world, whims, round);
            SwitchoverBoard board = workflow.board();
            for (SwitchoverBoard.LaneBoard lane : board.lanes()) {
                for (BoardTask task : lane.tasks()) {
                    act(
                            workflow,
                            board,
                            lane.lane().number(),
                            task,
                            whims.at(round, task.ref().id().hashCode() & 7),
                            round);
                }
            }
        }
    }

    /** Now and then the target of a task falls behind, or catches up. */
    private static void letSyncLag(EngineHarness world, Whims whims, int round) {
        int whim = whims.at(round, 1);
        List<TaskRef> tasks = List.copyOf(world.platform.tasks().keySet());
        boolean changes = round % 8 == 0 && !tasks.isEmpty();
        if (changes) {
            TaskRef task = tasks.get(whim % tasks.size());
            world.platform.lag(task, Duration.ofSeconds(whim % 2 == 0 ? 1 : 300 + whim));
        }
    }

    private static void act(
            SwitchoverWorkflow workflow, SwitchoverBoard board, int lane, BoardTask task, int whim, int round) {
        if (task.current() == null || task.actions().isEmpty()) {
            return;
        }
        List<SwitchoverAction> open = new ArrayList<>(task.actions());
        boolean tired = round > PATIENCE && open.contains(SwitchoverAction.LEAVE);
        SwitchoverAction action = tired ? SwitchoverAction.LEAVE : open.get(whim % open.size());
        boolean givesUp = action == SwitchoverAction.LEAVE && whim % 50 != 1;
        boolean ejects = action == SwitchoverAction.EJECT && whim % 10 != 1;
        if (!tired && (whim % 3 == 0 || givesUp || ejects)) {
            return;
        }
        SwitchoverStep step = task.current().step();
        Control control = whim % 4 == 1
                ? Control.all(action, step, lane, board.version(), EngineHarness.ANN, "a whim")
                : Control.one(action, step, task.ref(), board.version(), EngineHarness.ANN, "a whim");
        if (workflow.act(control) instanceof ControlAnswer.ConsentNeeded asked && whim % 2 == 0) {
            workflow.act(control.consenting(asked.token()));
        }
    }

    /** SW-2: no operator step is carried out for a task before an operator confirmed or marked it, or tried it again. */
    private static void confirmedBeforeCommanded(EngineHarness world) {
        Set<String> confirmed = new HashSet<>();
        world.journal.entries().forEach(entry -> {
            JournalRecord fact = entry.entry().record();
            if (fact.kind() == JournalRecord.Kind.CONTROL
                    && (fact.code().equals("CONFIRM") || fact.code().equals("MARK"))) {
                confirmed.add(fact.subject().task() + " " + fact.subject().step());
            } else if (fact.kind() == JournalRecord.Kind.INTENT
                    && operatorStep(fact.subject().step())) {
                if (!confirmed.contains(
                        fact.subject().task() + " " + fact.subject().step())) {
                    throw new AssertionError("SW-2: " + fact + " was not confirmed\n" + world.platform.history());
                }
            }
        });
    }

    private static boolean operatorStep(String step) {
        return switch (SwitchoverStep.valueOf(step)) {
            case START_FORWARD_SWITCHOVER, CONFIRM_WRITES_STOPPED, PROCESS_DATABASE_OBJECTS, START_REVERSE_INCREMENT ->
                true;
            case SWITCHOVER_PRECHECK, START_TARGET_STORE, CONFIRM_SYNC_TIMESTAMP, STOP_FORWARD_SYNC, UNRECOGNIZED ->
                false;
        };
    }

    /** SW-2: each skip that was commanded has a waiver that names the rule, the actor and the reason. */
    private static void skipsHaveWaivers(EngineHarness world) {
        Set<String> waived = new HashSet<>();
        for (JournalRecord waiver : world.facts(JournalRecord.Kind.WAIVER)) {
            if (waiver.detail().get("actor") == null || waiver.detail().get("reason") == null) {
                throw new AssertionError("SW-2: a waiver without actor or reason: " + waiver);
            }
            waived.add(waiver.subject().task() + " " + waiver.subject().step());
        }
        for (GatewayCall call : world.commands()) {
            if (call.order().detail().equals("SKIP")
                    && !waived.contains(call.tasks().get(0) + " " + call.order().what())) {
                throw new AssertionError("SW-2: no waiver for " + call);
            }
        }
    }
}
