package io.omsbatch.core.property;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.arbitraries.OmsDomain;
import io.omsbatch.testkit.arbitraries.TaskArbitraries;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.jspecify.annotations.Nullable;

@Label("The documented eligibility")
@Domain(OmsDomain.class)
@Domain(DomainContext.Global.class)
class EligibilityProperties {

    private static final EligibilityPolicy DOCUMENTED = EligibilityPolicy.documented();
    private static final TaskRef REF = new TaskRef("oms", "any");

    @Provide
    Arbitrary<MigrationTask> anyTasks() {
        return TaskArbitraries.anyTasks();
    }

    /** Every (status, stage, stage state, step or none, step state, forward or back) that there is; the type and the operation come on top. */
    private static List<MigrationTask.Builder> shapes() {
        List<@Nullable SwitchoverProgress> steps = new ArrayList<>();
        steps.add(null);
        for (SwitchoverStep step : SwitchoverStep.values()) {
            for (SwitchoverProgress.State state : SwitchoverProgress.State.values()) {
                steps.add(new SwitchoverProgress(step, state));
                steps.add(new SwitchoverProgress(step, state, 2));
            }
        }
        List<MigrationTask.Builder> shapes = new ArrayList<>();
        for (TaskStatus status : TaskStatus.values()) {
            for (Stage stage : Stage.values()) {
                for (StageProgress.State state : StageProgress.State.values()) {
                    for (SwitchoverProgress step : steps) {
                        shapes.add(MigrationTask.builder(REF)
                                .status(status)
                                .stage(stage, state)
                                .switchover(step));
                    }
                }
            }
        }
        return shapes;
    }

    @Example
    @Label("PLAN-2: is total, and agrees with the specification's rows, over all that there is")
    void agreesWithSpecification() {
        long pairs = 0;
        long eligible = 0;
        for (MigrationTask.Builder shape : shapes()) {
            for (MigrationType type : MigrationType.all()) {
                MigrationTask task = shape.type(type).build();
                for (BatchOperation operation : BatchOperation.all()) {
                    boolean judged = DOCUMENTED.judge(task, operation).eligible();
                    if (judged != Specification.allows(task, operation)) {
                        throw new AssertionError(operation.kind().title() + " of " + task + " (" + type + ") is judged "
                                + judged + ", and the specification says otherwise");
                    }
                    pairs++;
                    eligible += judged ? 1 : 0;
                }
            }
        }
        long all = 10L * 9 * 8 * (1 + 2 * 9 * 5) * 64 * 14;
        if (pairs != all || eligible == 0) {
            throw new AssertionError(pairs + " pairs were judged, " + eligible + " eligible; there are " + all);
        }
    }

    @Property(tries = 2_000)
    @Label("PLAN-2: gives each refusal a stable code and a sentence that names the task and what it is")
    void refusalsSayWhy(@ForAll("anyTasks") MigrationTask task, @ForAll BatchOperation operation) {
        Verdict verdict = DOCUMENTED.judge(task, operation);
        for (Reason reason : verdict.reasons()) {
            boolean names = reason.text().contains("task " + task.ref().id())
                    && (reason.text().contains(task.status().name())
                            || reason.text().contains(task.stage().stage().name()));
            if (!names) {
                throw new AssertionError("this reason does not say what the task is: " + reason);
            }
        }
        if (verdict.eligible() != verdict.reasons().isEmpty()) {
            throw new AssertionError("a verdict is eligible exactly if it has no reasons: " + verdict);
        }
    }

    @Property(tries = 1_000)
    @Label("never makes anything eligible that is tightened, whatever the additional policies say")
    void tighteningNeverWidens(
            @ForAll("anyTasks") MigrationTask task,
            @ForAll BatchOperation operation,
            @ForAll Set<TaskStatus> frozen,
            @ForAll Set<Stage> quiet) {
        EligibilityPolicy first = refusing(frozen.contains(task.status()), "FROZEN");
        EligibilityPolicy second = refusing(quiet.contains(task.stage().stage()), "QUIET");
        EligibilityPolicy all = DOCUMENTED.and(first).and(second);
        boolean expected = DOCUMENTED.judge(task, operation).eligible()
                && first.judge(task, operation).eligible()
                && second.judge(task, operation).eligible();
        Verdict verdict = all.judge(task, operation);
        if (verdict.eligible() != expected) {
            throw new AssertionError("tightened to " + verdict + ", expected eligible to be " + expected);
        }
        long refusing = List.of(DOCUMENTED, first, second).stream()
                .filter(policy -> !policy.judge(task, operation).eligible())
                .count();
        if (verdict.reasons().size() < refusing) {
            throw new AssertionError(refusing + " policies refuse, and the reasons are only " + verdict.reasons());
        }
    }

    private static EligibilityPolicy refusing(boolean refuses, String code) {
        return (task, operation) ->
                refuses ? Verdict.no(new Reason(code, "task " + task.ref().id() + " is left alone")) : Verdict.yes();
    }
}
