package io.omsbatch.core.property;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.engine.TaskStory;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.arbitraries.FaultArbitraries;
import io.omsbatch.testkit.arbitraries.OperationArbitraries;
import io.omsbatch.testkit.arbitraries.TaskArbitraries;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The stories of tasks in runs to which anything happens. */
@Label("SEC-4: The story of a task")
class StoryProperties {

    private static final List<TaskRef> REFS = IntStream.rangeClosed(1, 3)
            .mapToObj(number -> new TaskRef("oms", "t" + number))
            .toList();

    @Provide
    Arbitrary<List<MigrationTask>> tasks() {
        return Combinators.combine(REFS.stream().map(TaskArbitraries::tasks).toList())
                .as(tasks -> tasks);
    }

    @Provide
    Arbitrary<List<MigrationTask>> enteredTasks() {
        return Arbitraries.of(MigrationType.complete(), MigrationType.of(MigrationType.Part.INCREMENTAL))
                .map(type -> REFS.stream()
                        .map(ref -> TaskArbitraries.entered(ref, type, 1))
                        .toList());
    }

    @Provide
    Arbitrary<BatchOperation> plainOperations() {
        return OperationArbitraries.plainOperations();
    }

    @Provide
    Arbitrary<Setting> settings() {
        return Setting.any();
    }

    @Provide
    Arbitrary<FaultScript> faults() {
        return FaultArbitraries.scripts(REFS, Set.of(CallKind.values()));
    }

    @Provide
    Arbitrary<List<Deed>> deeds() {
        return Deed.any();
    }

    @Property(tries = 200, seed = Seeds.FIXED)
    @Label(
            "has a sentence for each fact of the task, whatever happens to a run that is paused, taken over and canceled")
    void plain(
            @ForAll("settings") Setting setting,
            @ForAll("tasks") List<MigrationTask> tasks,
            @ForAll("plainOperations") BatchOperation operation,
            @ForAll("faults") FaultScript faults,
            @ForAll List<RunAction> actions) {
        try (Scene scene = new Scene(setting, tasks, faults);
                BatchEngine other = scene.another()) {
            BatchPlan plan;
            try {
                plan = scene.plan(operation, REFS);
            } catch (GatewayException unreadable) {
                return;
            }
            BatchRun run = scene.engine.run(plan.confirm(Scene.ANN, "property"));
            for (RunAction action : actions.subList(0, Math.min(actions.size(), 4))) {
                scene.environment.advance(Duration.ofSeconds(1));
                Object unused = run.control(new RunControl(action, run.version(), Scene.ANN, "it came to mind"));
                requireStories(scene, other, run.id());
            }
            scene.engine.close();
            scene.environment.advance(Duration.ofMinutes(2));
            other.recover();
            scene.environment.advance(Duration.ofMinutes(30));
            requireStories(scene, other, run.id());
        }
    }

    @Property(tries = 200, seed = Seeds.FIXED)
    @Label("has a sentence for each fact of the task, whatever an operator does to a switchover")
    void switchover(
            @ForAll("settings") Setting setting,
            @ForAll("enteredTasks") List<MigrationTask> tasks,
            @ForAll("deeds") List<Deed> deeds,
            @ForAll("faults") FaultScript faults) {
        try (Scene scene = new Scene(setting, tasks, faults)) {
            scene.letSettle();
            BatchPlan plan;
            try {
                plan = scene.plan(BatchOperation.forwardSwitchover(), REFS);
            } catch (GatewayException unreadable) {
                return;
            }
            SwitchoverWorkflow workflow = scene.engine.switchover(plan.confirm(Scene.ANN, "property"));
            Operator operator = new Operator(scene, workflow);
            operator.fumble(deeds);
            requireStories(scene, scene.engine, workflow.id());
            operator.seeThrough();
            requireStories(scene, scene.engine, workflow.id());
        }
    }

    private static void requireStories(Scene scene, BatchEngine engine, String runId) {
        for (TaskRef task : REFS) {
            TaskStory story = engine.explain(runId, task).orElseThrow();
            List<JournalRecord> facts = scene.journal.read(runId, 0, 100_000).stream()
                    .map(entry -> entry.record())
                    .filter(fact ->
                            fact.subject() != null && fact.subject().task().equals(task))
                    .toList();
            if (story.sentences().size() < facts.size() + 2
                    || story.now().isEmpty()
                    || story.render().contains("does not understand")) {
                throw new AssertionError("the story lacks something of " + facts + "\n" + story.render());
            }
        }
    }
}
