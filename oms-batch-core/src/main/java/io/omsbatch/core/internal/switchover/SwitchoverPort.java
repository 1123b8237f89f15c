package io.omsbatch.core.internal.switchover;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.internal.durable.Settlement;
import io.omsbatch.core.internal.read.Looked;
import io.omsbatch.core.internal.read.Readers;
import io.omsbatch.core.internal.step.OperationPort;
import io.omsbatch.core.internal.step.Readiness;
import io.omsbatch.core.internal.step.Sight;
import io.omsbatch.core.internal.step.StepPort;
import io.omsbatch.core.internal.step.StepView;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A switchover, forward or back: a command per task and step, settled by what the platform shows of that step. */
public final class SwitchoverPort implements StepPort {

    private final SwitchoverGateway gateway;
    private final BatchOperation operation;
    private final EligibilityPolicy policy;
    private final StepRules rules;

    /**
     * Creates the port.
     *
     * @param gateway the platform
     * @param operation the forward switchover or the switch back
     * @param policy judges tasks again before their first step; never throws
     * @param rules when each step may be commanded and when it is over
     */
    public SwitchoverPort(
            SwitchoverGateway gateway, BatchOperation operation, EligibilityPolicy policy, StepRules rules) {
        this.gateway = gateway;
        this.operation = operation;
        this.policy = policy;
        this.rules = rules;
    }

    @Override
    public int callsBeforeCommand() {
        return 2;
    }

    @Override
    public Map<TaskRef, Looked<Sight>> look(Set<TaskRef> tasks, boolean beforeCommand, Runnable beforeEach) {
        beforeEach.run();
        Map<TaskRef, Looked<MigrationTask>> read = Map.of();
        if (beforeCommand) {
            read = Readers.tasks(gateway).read(tasks);
            beforeEach.run();
        }
        Map<TaskRef, Looked<SwitchoverSnapshot>> observed =
                Readers.snapshots(gateway).read(tasks);
        Map<TaskRef, Looked<Sight>> sights = new HashMap<>(tasks.size() * 2);
        for (TaskRef ref : tasks) {
            sights.put(ref, together(read.get(ref), Objects.requireNonNull(observed.get(ref))));
        }
        return sights;
    }

    private static Looked<Sight> together(@Nullable Looked<MigrationTask> read, Looked<SwitchoverSnapshot> observed) {
        if (observed.problem() != null) {
            return Looked.failed(observed.problem());
        }
        if (read != null && read.problem() != null) {
            return Looked.failed(read.problem());
        }
        MigrationTask task = read == null ? null : read.value();
        boolean absent = task == null && observed.value() == null;
        return new Looked<>(absent ? null : new Sight(task, observed.value()), null);
    }

    @Override
    public @Nullable GatewayReply command(StepView entry, CommandContext context) {
        SwitchoverStep step = Objects.requireNonNull(entry.row().step());
        return gateway.command(new StepCommand(entry.ref(), step, wanted(entry), entry.action(), context));
    }

    @Override
    public Readiness readiness(StepView entry, @Nullable Sight sight, Instant now) {
        if (sight == null || sight.task() == null) {
            return Readiness.fail(Problem.of(ProblemCode.TASK_GONE, "the platform no longer has the task"));
        }
        MigrationTask task = sight.task();
        SwitchoverSnapshot snapshot = sight.snapshot();
        if (snapshot != null && snapshot.progress().round() != wanted(entry)) {
            return Readiness.fail(otherRound(entry, snapshot));
        }
        if (entry.row().undoes()) {
            return snapshot == null ? notInSwitchover(task) : UndoRules.readiness(entry, snapshot);
        }
        if (entry.untouched() && entry.member().over().isEmpty()) {
            Readiness first = OperationPort.judgeAgain(entry.planned(), task, operation, policy);
            if (first.kind() != Readiness.Kind.GO) {
                return first;
            }
        }
        if (task.status() != TaskStatus.RUNNING || snapshot == null) {
            return notInSwitchover(task);
        }
        return rules.readiness(entry, snapshot, now);
    }

    private static Readiness notInSwitchover(MigrationTask task) {
        return Readiness.fail(Problem.of(
                ProblemCode.NOT_IN_SWITCHOVER,
                "the task is " + task.status() + " in " + task.stage() + ", not RUNNING in its switchover"));
    }

    @Override
    public Settlement settlement(StepView entry, @Nullable Sight sight) {
        if (sight == null || sight.snapshot() == null) {
            return Settlement.failed(
                    Problem.of(ProblemCode.NOT_IN_SWITCHOVER, "the platform no longer has the task in its switchover"));
        }
        if (sight.snapshot().progress().round() != wanted(entry)) {
            return Settlement.going(otherRound(entry, sight.snapshot()).message(), false);
        }
        return entry.row().undoes()
                ? UndoRules.settlement(entry, sight.snapshot())
                : rules.settlement(entry, sight.snapshot());
    }

    /** The round that the run is about; what is shown of another says nothing of it. */
    private static int wanted(StepView entry) {
        return Objects.requireNonNull(entry.planned().switchover()).round();
    }

    private static Problem otherRound(StepView entry, SwitchoverSnapshot snapshot) {
        return Problem.of(
                ProblemCode.NOT_IN_SWITCHOVER,
                "the task is in round " + snapshot.progress().round() + " of its switchovers; the run is about round "
                        + wanted(entry));
    }
}
