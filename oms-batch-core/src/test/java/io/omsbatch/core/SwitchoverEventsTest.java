package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static io.omsbatch.core.EngineHarness.entered;
import static io.omsbatch.core.Operator.all;
import static io.omsbatch.core.Operator.drive;
import static io.omsbatch.core.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.internal.notify.EventFeed;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import io.omsbatch.testkit.fault.FaultScript;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A listener of a switchover")
class SwitchoverEventsTest {

    private static final MigrationType COMPLETE = MigrationType.complete();

    /** Listeners are told at once, in the thread that publishes: earlier than that nobody can look. */
    private record AtOnce(VirtualEnvironment world) implements Through {

        @Override
        public Executor executor() {
            return task -> {
                boolean tells = StackWalker.getInstance()
                        .walk(frames -> frames.limit(10)
                                .anyMatch(frame -> frame.getClassName().equals(EventFeed.class.getName())));
                if (tells) {
                    task.run();
                } else {
                    world.executor().execute(task);
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("is told what happened after it happened, so acting on what it sees then brings every task to its end")
    void drivenByListener(long seed) {
        try (EngineHarness world =
                new EngineHarness(PlatformSettings.of(seed), FaultScript.none(), UnaryOperator.identity())) {
            world.builder().environment(new AtOnce(world.environment));
            AtomicReference<SwitchoverWorkflow> workflow = new AtomicReference<>();
            List<BatchEvent.StepChanged> unseen = new ArrayList<>();
            world.builder().listener(event -> {
                if (workflow.get() == null) {
                    return;
                }
                SwitchoverBoard board = workflow.get().board();
                if (event instanceof BatchEvent.StepChanged changed
                        && task(board, changed.task()).steps().stream()
                                .filter(seen ->
                                        seen.step() == changed.standing().step())
                                .anyMatch(seen -> seen.since() == null
                                        || seen.since()
                                                .isBefore(changed.standing().since()))) {
                    unseen.add(changed);
                }
                for (BoardTask seen : board.tasks()) {
                    for (SwitchoverAction action : List.of(SwitchoverAction.CONFIRM, SwitchoverAction.MARK)) {
                        if (seen.actions().contains(action)) {
                            workflow.get()
                                    .act(Control.one(
                                            action, seen.current().step(), seen.ref(), board.version(), ANN, "seen"));
                        }
                    }
                }
            });
            workflow.set(world.switchover(world.add(3, entered(COMPLETE))));
            all(workflow.get(), SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
            assertThat(world.await(workflow.get()).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(3);
            assertThat(unseen).isEmpty();
        }
    }

    @Test
    @DisplayName("is told of each gate that a task comes to, and of each step that is over, in order")
    void eventsOfGates() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<String> told = new ArrayList<>();
            world.builder().listener(event -> {
                if (event instanceof BatchEvent.StepChanged changed) {
                    told.add(changed.standing().state() + " "
                            + changed.standing().step().number());
                }
            });
            drive(world, world.switchover(world.add(1, entered(COMPLETE))));
            world.environment.runUntilIdle();
            assertThat(told)
                    .containsExactly(
                            "GATED 1", "DONE 1", "DONE 2", "DONE 3", "GATED 4", "DONE 4", "DONE 5", "DONE 6", "GATED 7",
                            "DONE 7", "GATED 8", "DONE 8");
        }
    }
}
