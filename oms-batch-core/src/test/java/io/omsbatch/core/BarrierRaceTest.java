package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static io.omsbatch.core.EngineHarness.entered;
import static io.omsbatch.core.Operator.one;
import static io.omsbatch.core.Operator.settle;
import static io.omsbatch.core.Operator.stepOf;
import static io.omsbatch.core.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A task at the barrier of which two operators want different things at once")
class BarrierRaceTest {

    private static final SwitchoverStep BARRIER = SwitchoverStep.PROCESS_DATABASE_OBJECTS;
    private static final MigrationType BARRIER_LAST = MigrationType.of(Part.SCHEMA, Part.FULL, Part.INCREMENTAL);
    private static final Duration WRITE = Duration.ofMillis(400);

    static Stream<Arguments> interleavings() {
        return Stream.of(BARRIER_LAST, MigrationType.complete())
                .flatMap(type -> IntStream.rangeClosed(1, 12).mapToObj(seed -> Arguments.of(type, seed)));
    }

    /** Three tasks: the first waits at the barrier, the second can be marked, the third is at the write stop unless it left. */
    private record Scene(EngineHarness world, TroubledJournal journal, SwitchoverWorkflow workflow, List<TaskRef> tasks)
            implements AutoCloseable {

        static Scene of(MigrationType type, int seed) {
            EngineHarness world =
                    new EngineHarness(PlatformSettings.of(seed), FaultScript.none(), UnaryOperator.identity());
            TroubledJournal journal = TroubledJournal.in(world);
            List<TaskRef> tasks = world.add(3, entered(type));
            Scene scene = new Scene(world, journal, world.switchover(tasks), tasks);
            for (TaskRef ref : tasks.subList(0, 2)) {
                while (stepOf(settle(world, scene.workflow), ref) != BARRIER) {
                    one(scene.workflow, SwitchoverAction.CONFIRM, stepOf(scene.workflow.board(), ref), ref);
                }
            }
            one(scene.workflow, SwitchoverAction.MARK, BARRIER, tasks.get(0));
            settle(world, scene.workflow);
            assertThat(task(scene.workflow.board(), tasks.get(0)).current().state())
                    .isEqualTo(StepStanding.State.WAITING);
            return scene;
        }

        void leaveThird() {
            settle(world, workflow);
            TaskRef third = tasks.get(2);
            if (task(workflow.board(), third).current() != null) {
                one(workflow, SwitchoverAction.LEAVE, stepOf(workflow.board(), third), third);
            }
        }

        /** Acts on another thread. */
        List<ControlAnswer> meanwhile(SwitchoverAction action, TaskRef ref, long version) {
            List<ControlAnswer> answers = new ArrayList<>();
            world.environment
                    .executor()
                    .execute(() ->
                            answers.add(workflow.act(Control.one(action, BARRIER, ref, version, ANN, "at once"))));
            return answers;
        }

        void assertOneOutcomeEach() {
            journal.beforeAppend(facts -> {});
            leaveThird();
            BatchReport report = Operator.drive(world, workflow);
            assertThat(report.results()).hasSize(3);
            assertThat(world.facts(JournalRecord.Kind.OUTCOME))
                    .extracting(fact -> fact.subject().task())
                    .containsExactlyInAnyOrderElementsOf(tasks);
            assertThat(world.environment.uncaught()).isEmpty();
        }

        @Override
        public void close() {
            world.close();
        }
    }

    @ParameterizedTest
    @MethodSource("interleavings")
    @DisplayName("has one outcome if it is left while the last straggler opens the barrier (RUN-1, SW-3)")
    void leftWhileOpened(MigrationType type, int seed) {
        try (Scene scene = Scene.of(type, seed)) {
            scene.leaveThird();
            TaskRef held = scene.tasks().get(0);
            scene.journal().beforeAppend(TroubledJournal.slow(scene.world(), WRITE));
            long version = scene.workflow().board().version();
            scene.meanwhile(SwitchoverAction.MARK, scene.tasks().get(1), version);
            scene.world().environment.advance(WRITE.multipliedBy(seed).dividedBy(2));
            List<ControlAnswer> left = scene.meanwhile(
                    SwitchoverAction.LEAVE, held, scene.workflow().board().version());
            scene.world().environment.advance(Duration.ofMinutes(1));
            scene.assertOneOutcomeEach();
            boolean accepted = left.get(0) instanceof ControlAnswer.Accepted;
            assertThat(scene.world().facts(JournalRecord.Kind.OUTCOME))
                    .filteredOn(fact -> fact.subject().task().equals(held))
                    .singleElement()
                    .satisfies(fact -> assertThat(fact.code())
                            .isEqualTo((accepted ? TaskOutcome.Kind.LEFT_AT : TaskOutcome.Kind.SUCCEEDED).name()));
        }
    }

    @ParameterizedTest
    @MethodSource("interleavings")
    @DisplayName("is either left or ejected, and nobody else is forgotten for it (RUN-1, RUN-12)")
    void leftAndEjected(MigrationType type, int seed) {
        try (Scene scene = Scene.of(type, seed)) {
            TaskRef held = scene.tasks().get(0);
            scene.journal().beforeAppend(TroubledJournal.slow(scene.world(), WRITE));
            long version = scene.workflow().board().version();
            List<ControlAnswer> left = scene.meanwhile(SwitchoverAction.LEAVE, held, version);
            List<ControlAnswer> ejected = scene.meanwhile(SwitchoverAction.EJECT, held, version);
            scene.world().environment.advance(Duration.ofMinutes(1));
            assertThat(Stream.of(left, ejected).filter(answers -> answers.get(0) instanceof ControlAnswer.Accepted))
                    .hasSize(1);
            scene.assertOneOutcomeEach();
        }
    }

    @ParameterizedTest
    @MethodSource("interleavings")
    @DisplayName("goes on if it is ejected while the last straggler opens the barrier (SW-3)")
    void ejectedWhileOpened(MigrationType type, int seed) {
        try (Scene scene = Scene.of(type, seed)) {
            scene.leaveThird();
            scene.journal().beforeAppend(TroubledJournal.slow(scene.world(), WRITE));
            long version = scene.workflow().board().version();
            scene.meanwhile(SwitchoverAction.MARK, scene.tasks().get(1), version);
            scene.world().environment.advance(WRITE.multipliedBy(seed).dividedBy(2));
            scene.meanwhile(
                    SwitchoverAction.EJECT,
                    scene.tasks().get(0),
                    scene.workflow().board().version());
            scene.world().environment.advance(Duration.ofMinutes(1));
            scene.assertOneOutcomeEach();
            assertThat(scene.world().facts(JournalRecord.Kind.OUTCOME))
                    .filteredOn(fact -> fact.code().equals(TaskOutcome.Kind.SUCCEEDED.name()))
                    .hasSize(2);
        }
    }
}
