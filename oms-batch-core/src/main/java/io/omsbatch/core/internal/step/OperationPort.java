package io.omsbatch.core.internal.step;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.durable.SettleTable;
import io.omsbatch.core.internal.durable.Settlement;
import io.omsbatch.core.internal.read.Looked;
import io.omsbatch.core.internal.read.Readers;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plain operation: one command per task, settled by the task's status. */
public final class OperationPort implements StepPort {

    private final TaskGateway gateway;
    private final BatchOperation operation;
    private final EligibilityPolicy policy;

    /**
     * Creates the port of an operation.
     *
     * @param gateway the platform
     * @param operation any operation but the forward switchover
     * @param policy judges tasks again before their commands; never throws
     */
    public OperationPort(TaskGateway gateway, BatchOperation operation, EligibilityPolicy policy) {
        this.gateway = gateway;
        this.operation = operation;
        this.policy = policy;
    }

    @Override
    public int callsBeforeCommand() {
        return 1;
    }

    @Override
    public Map<TaskRef, Looked<Sight>> look(Set<TaskRef> tasks, boolean beforeCommand, Runnable beforeEach) {
        beforeEach.run();
        return Readers.sights(gateway, task -> new Sight(task, null)).read(tasks);
    }

    @Override
    public @Nullable GatewayReply command(StepView entry, CommandContext context) {
        return gateway.command(new TaskCommand(entry.ref(), operation, context));
    }

    @Override
    public Readiness readiness(StepView entry, @Nullable Sight sight, Instant now) {
        MigrationTask task = sight == null ? null : sight.task();
        Settlement settled = SettleTable.judge(operation, task, true);
        if (settled.kind() == Settlement.Kind.WANTED) {
            return entry.untouched() ? Readiness.end(new TaskOutcome.AlreadyDone()) : Readiness.over();
        }
        if (task == null) {
            return entry.untouched()
                    ? Readiness.end(new TaskOutcome.NotFound())
                    : Readiness.fail(Objects.requireNonNull(settled.problem()));
        }
        Readiness readiness = judgeAgain(entry.planned(), task, operation, policy);
        return entry.untouched() ? readiness : failedInsteadOfStale(readiness);
    }

    /** STALE says that nothing was commanded; after an attempt, even one without an effect, that would not be true. */
    private static Readiness failedInsteadOfStale(Readiness readiness) {
        return readiness.outcome() instanceof TaskOutcome.Stale stale ? Readiness.fail(stale.problem()) : readiness;
    }

    @Override
    public Settlement settlement(StepView entry, @Nullable Sight sight) {
        MigrationTask task = sight == null ? null : sight.task();
        Settlement settled = SettleTable.judge(operation, task, false);
        boolean untouched = task != null
                && settled.kind() == Settlement.Kind.GOING
                && policy.judge(task, operation).eligible();
        return untouched ? SettleTable.judge(operation, task, true) : settled;
    }

    /**
     * Judges a task again before its command (PLAN-3).
     *
     * @param planned the task as it was planned
     * @param task the task as it is now
     * @param operation what is to be commanded
     * @param policy the policy
     * @return go, or the end as STALE
     */
    public static Readiness judgeAgain(
            MigrationTask planned, MigrationTask task, BatchOperation operation, EligibilityPolicy policy) {
        Verdict verdict = policy.judge(task, operation);
        if (!verdict.eligible()) {
            return stale(verdict.reasons().stream().map(Reason::text).collect(Collectors.joining("; ")));
        }
        if (operation.kind().needsUnchangedTask() && !planned.revision().equals(task.revision())) {
            return stale("planned as " + planned + " (revision " + planned.revision() + "), now " + task + " (revision "
                    + task.revision() + ")");
        }
        return Readiness.go();
    }

    private static Readiness stale(String what) {
        return Readiness.end(new TaskOutcome.Stale(Problem.of(ProblemCode.CHANGED_SINCE_PLAN, what)));
    }
}
