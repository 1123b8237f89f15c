package io.omsbatch.core.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.eligibility.DenialCode;
import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.arbitraries.OperationArbitraries;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("Every documented refusal says why")
class RefusalProperties {

    private static final EligibilityPolicy POLICY = EligibilityPolicy.documented();

    /** The operations, the alert level once: {@link #alertLevelsAreAlike} covers the others. */
    private static final List<BatchOperation> OPERATIONS = List.copyOf(BatchOperation.all().stream()
            .collect(Collectors.toMap(BatchOperation::kind, operation -> operation, (first, next) -> first))
            .values());

    /** What a refusal is about. */
    private record Refusal(MigrationTask task, BatchOperation operation, Verdict verdict) {}

    @Provide
    Arbitrary<MigrationTask> tasks() {
        return AnyTasks.atRandom();
    }

    @Provide
    Arbitrary<BatchOperation> operations() {
        return OperationArbitraries.operations();
    }

    @Example
    @Label(
            "each refusal has one documented reason with the values that decided it (types that differ in steps or stages)")
    void refusalsAreReasoned() {
        AnyTasks.forEach(AnyTasks.typesThatDiffer(), task -> {
            for (BatchOperation operation : OPERATIONS) {
                Verdict verdict = POLICY.judge(task, operation);
                if (!verdict.eligible()) {
                    checkReason(new Refusal(task, operation, verdict));
                }
            }
        });
    }

    @Property(tries = 10_000, seed = Seeds.FIXED)
    @Label(
            "whatever a gateway hands over: a verdict, the same twice, that of the specification, and safe to show (SEC-2)")
    void totalAndPure(@ForAll("tasks") MigrationTask task, @ForAll("operations") BatchOperation operation) {
        Verdict verdict = POLICY.judge(task, operation);
        assertThat(verdict).isEqualTo(POLICY.judge(task.toBuilder().build(), operation));
        assertThat(verdict.eligible()).isEqualTo(Specification.allows(task, operation));
        if (verdict.eligible()) {
            assertThat(verdict.reasons()).isEmpty();
        } else {
            checkReason(new Refusal(task, operation, verdict));
            String text = verdict.toString();
            assertThat(SafeText.escape(text)).isEqualTo(text);
        }
    }

    @Property(seed = Seeds.FIXED)
    @Label("the alert level that is asked for makes no difference")
    void alertLevelsAreAlike(@ForAll("tasks") MigrationTask task) {
        assertThat(BatchOperation.all().stream()
                        .filter(operation -> operation instanceof BatchOperation.ModifyAlertLevel)
                        .map(operation -> POLICY.judge(task, operation))
                        .distinct())
                .hasSize(1);
    }

    private static void checkReason(Refusal refusal) {
        List<Reason> reasons = refusal.verdict().reasons();
        if (reasons.size() != 1) {
            throw new AssertionError("not one reason: " + refusal);
        }
        Reason reason = reasons.get(0);
        MigrationTask task = refusal.task();
        DenialCode code = expectedCode(task, refusal.operation());
        String actual = code == DenialCode.WRONG_STATUS
                ? task.status().name()
                : task.stage().toString();
        boolean stepMatters = code == DenialCode.SWITCHOVER_FINISHED || code == DenialCode.SWITCHOVER_STEP_UNKNOWN;
        if (!reason.code().equals(code.name())
                || !reason.text().contains(SafeText.escape(task.ref().id()))
                || !reason.text().contains(actual)
                || (stepMatters && !reason.text().contains(String.valueOf(task.switchover())))) {
            throw new AssertionError("wanted " + code + " and " + actual + ", but: " + refusal);
        }
    }

    private static DenialCode expectedCode(MigrationTask task, BatchOperation operation) {
        boolean running = task.status() == TaskStatus.RUNNING;
        boolean resumable = task.status() == TaskStatus.STOPPED || task.status() == TaskStatus.FAILED;
        return switch (operation.kind()) {
            case SKIP_FULL_VERIFICATION ->
                running || resumable ? DenialCode.NOT_IN_FULL_VERIFICATION : DenialCode.WRONG_STATUS;
            case ENTER_FORWARD_SWITCHOVER -> running ? DenialCode.NOT_READY_FOR_SWITCHOVER : DenialCode.WRONG_STATUS;
            case FORWARD_SWITCHOVER, SWITCH_BACK ->
                running ? switchoverCode(task, operation.kind().direction()) : DenialCode.WRONG_STATUS;
            case ENTER_SWITCH_BACK -> running ? DenialCode.NOT_READY_FOR_SWITCH_BACK : DenialCode.WRONG_STATUS;
            case START, STOP, RESUME, END, DELETE, MODIFY_ALERT_LEVEL -> DenialCode.WRONG_STATUS;
        };
    }

    private static DenialCode switchoverCode(MigrationTask task, SwitchoverDirection direction) {
        SwitchoverProgress at = task.switchover();
        boolean back = direction == SwitchoverDirection.BACK;
        Stage stage = back ? Stage.SWITCH_BACK : Stage.FORWARD_SWITCHOVER;
        if (task.stage().stage() != stage || at == null || (at.round() % 2 == 0) != back) {
            return DenialCode.NOT_IN_SWITCHOVER;
        }
        Part last = back ? Part.INCREMENTAL : Part.REVERSE_INCREMENT;
        boolean atTheEnd = (at.step() == SwitchoverStep.START_REVERSE_INCREMENT
                        && task.type().has(last))
                || (at.step() == SwitchoverStep.PROCESS_DATABASE_OBJECTS
                        && !task.type().has(last));
        return atTheEnd && at.state() == SwitchoverProgress.State.DONE
                ? DenialCode.SWITCHOVER_FINISHED
                : DenialCode.SWITCHOVER_STEP_UNKNOWN;
    }
}
