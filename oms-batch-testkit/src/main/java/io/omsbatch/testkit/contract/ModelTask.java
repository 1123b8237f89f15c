package io.omsbatch.testkit.contract;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.check.WantedState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One disposable task on a host's platform that is commanded directly, as an engine would and as it never would, and watched for
 * transitions that should not be. {@code TransitionModel} walks with it at random; whoever has another source of chance may do so too. Each
 * method throws an {@link AssertionError} that tells the whole way if what it sees is wrong. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class ModelTask implements AutoCloseable {

    /** What an engine asks only of a platform that can switch over. */
    private static final Set<OperationKind> ENTERING =
            EnumSet.of(OperationKind.ENTER_FORWARD_SWITCHOVER, OperationKind.ENTER_SWITCH_BACK);

    private final Probe probe;
    private final @Nullable SwitchoverProbe switching;
    private final TaskRef ref;
    private final EligibilityPolicy policy;
    private final List<String> story = new ArrayList<>();
    private @Nullable MigrationTask seen;

    private ModelTask(Probe probe, @Nullable SwitchoverProbe switching, EligibilityPolicy policy) {
        this.probe = probe;
        this.switching = switching;
        this.policy = policy;
        this.ref = probe.create(TaskSetup.NOT_STARTED);
        this.seen = probe.readPresent(ref);
        story.add("a new task: " + seen);
    }

    /**
     * Creates a task that was never started.
     *
     * @param bench lends the gateway and the task; one that is a {@link SwitchoverBench} lets it be taken through switchovers
     * @param policy what the platform allows
     * @return the task; close it
     */
    public static ModelTask on(GatewayBench bench, EligibilityPolicy policy) {
        if (bench instanceof SwitchoverBench switchover) {
            SwitchoverProbe probe = new SwitchoverProbe(switchover);
            return new ModelTask(probe, probe, policy);
        }
        return new ModelTask(new Probe(bench), null, policy);
    }

    /** Removes the task, and closes its bench. */
    @Override
    public void close() {
        probe.cleanUp();
    }

    /**
     * Returns plain operations, by whether they fit the task as it is now.
     *
     * @param fitting whether those that fit are wanted, or the others
     * @return the operations
     */
    public List<BatchOperation> operations(boolean fitting) {
        MigrationTask now = look("looked at");
        return BatchOperation.all().stream()
                .filter(operation -> !operation.kind().isSwitchover())
                .filter(operation -> switching != null || !ENTERING.contains(operation.kind()))
                .filter(operation -> fits(now, operation) == fitting)
                .toList();
    }

    private boolean fits(@Nullable MigrationTask task, BatchOperation operation) {
        return task != null && policy.judge(task, operation).eligible();
    }

    /**
     * Returns steps of the switchover in which the task is.
     *
     * @param next whether the next one is wanted, or those whose turn has not come
     * @return the steps; none if the task is in no switchover
     */
    public List<SwitchoverStep> steps(boolean next) {
        SwitchoverProgress progress = progress();
        MigrationTask task = seen;
        if (progress == null || task == null) {
            return List.of();
        }
        List<SwitchoverStep> ahead = task.type().switchoverSteps(progress.direction()).stream()
                .filter(step -> !progress.isOver(step))
                .toList();
        return next
                ? ahead.subList(0, Math.min(1, ahead.size()))
                : ahead.subList(Math.min(1, ahead.size()), ahead.size());
    }

    private @Nullable SwitchoverProgress progress() {
        MigrationTask now = look("looked at");
        if (now == null || switching == null) {
            return null;
        }
        boolean within = policy.judge(now, BatchOperation.forwardSwitchover()).eligible()
                || policy.judge(now, BatchOperation.switchBack()).eligible();
        return within ? now.switchover() : null;
    }

    /**
     * Orders an operation. One that fits must lead to what it is for, any other must have no effect.
     *
     * @param operation any but the two switchovers
     */
    public void order(BatchOperation operation) {
        OperationKind kind = operation.kind();
        MigrationTask before = look("before " + kind.title());
        boolean fits = fits(before, operation);
        Answer answer = probe.send(ref, operation);
        story.add(kind.title() + " was answered with " + answer);
        if (!fits) {
            unaffected(operation, before, answer);
            return;
        }
        if (!answer.taken()) {
            MigrationTask after = look("after the refusal");
            require(!fits(after, operation), kind.title() + " fits the task and was refused", "the documented matrix");
            return;
        }
        boolean settled = probe.settles(ref, shown -> WantedState.reached(operation, Optional.ofNullable(shown)));
        MigrationTask after = probe.read(ref);
        seen = after;
        story.add("then it is " + after);
        require(
                settled,
                kind.title() + " was taken and did not lead to what it is for",
                "settleTime(), and what it does");
    }

    private void unaffected(BatchOperation operation, @Nullable MigrationTask before, Answer answer) {
        probe.look();
        if (answer.taken() && before != null) {
            // what was taken may still have its effect
            boolean unused =
                    probe.eventually(() -> LifeCycleTable.hadEffect(operation.kind(), before, probe.read(ref)));
        }
        probe.passStaleness();
        MigrationTask after = look("after " + operation.kind().title());
        if (before == null) {
            require(answer.refused(), "a task that is gone was commanded, and that was taken", "\"no such task\"");
            require(
                    after == null,
                    "a task that was gone is there again",
                    "what a command does for a task that is gone");
            return;
        }
        require(
                !LifeCycleTable.hadEffect(operation.kind(), before, after) || fittedOnTheWay(operation, before, after),
                operation.kind().title() + " does not fit the task and had its effect all the same",
                "where the gateway checks the status");
    }

    /** Returns whether a task that goes on by itself may have come to a stage in which the operation fits, just before it was sent. */
    private boolean fittedOnTheWay(BatchOperation operation, MigrationTask before, @Nullable MigrationTask after) {
        return after != null
                && LifeCycleTable.stagesOnTheWay(before, after).stream()
                        .map(stage -> before.toBuilder()
                                .stage(stage, StageProgress.State.RUNNING)
                                .build())
                        .anyMatch(between -> fits(between, operation));
    }

    /**
     * Takes the task through its next step, which must be over then.
     *
     * @param step the step
     */
    public void step(SwitchoverStep step) {
        SwitchoverProbe known = Objects.requireNonNull(switching);
        SwitchoverSnapshot before = known.observePresent(ref);
        known.round(before.progress().round());
        Walk walk = new Walk(known, ref, before.progress().direction());
        boolean over = walk.go(step);
        seen = probe.read(ref);
        story.add(step + " was run and is " + (over ? "over" : "not over") + ": "
                + walk.last().answer());
        require(
                over,
                step + " was ordered in its turn and is not over",
                "problem " + walk.last().after().problem());
    }

    /**
     * Orders a step whose turn has not come, which must be refused.
     *
     * @param step the step
     */
    public void stepTooEarly(SwitchoverStep step) {
        SwitchoverProbe known = Objects.requireNonNull(switching);
        SwitchoverProgress before = known.observePresent(ref).progress();
        known.round(before.round());
        Answer answer = known.run(ref, step);
        story.add(step + " was ordered too early and answered with " + answer);
        probe.look();
        SwitchoverProgress after = known.observePresent(ref).progress();
        require(answer.refused(), step + " was taken while the task stands at " + before, "the order of the steps");
        require(
                !after.isOver(step),
                step + " is over, though its turn had not come: " + after,
                "the order of the steps");
    }

    /** Lets the platform go on by itself for a while; what the task becomes it must be able to become by itself. */
    public void rest() {
        boolean unused = probe.eventually(() -> {
            MigrationTask now = look("resting");
            return now == null
                    || now.stage().done()
                    || LifeCycleTable.byItself(now.status()).size() == 1;
        });
    }

    /** Looks at the task, which may only have become what it can become by itself. */
    private @Nullable MigrationTask look(String when) {
        MigrationTask before = seen;
        MigrationTask now = probe.read(ref);
        seen = now;
        if (before != null && !before.equals(now)) {
            story.add(when + " it is " + now);
        }
        if (before == null) {
            require(now == null, "a task that was deleted is there again", "what read shows");
            return null;
        }
        if (now == null) {
            require(false, "a task that nobody deleted is gone", "the keys of what read returns");
            return null;
        }
        Set<TaskStatus> possible = EnumSet.copyOf(LifeCycleTable.byItself(before.status()));
        require(
                possible.contains(now.status()),
                "a task that was " + before.status() + " is " + now.status() + " though nobody commanded that",
                "how the status is read");
        return now;
    }

    private void require(boolean holds, String what, String lookAt) {
        if (!holds) {
            throw new AssertionError(what + ". Look at: " + lookAt + ". What happened:\n  "
                    + story.stream().collect(Collectors.joining("\n  ")));
        }
    }

    /** Returns the task as it was seen last, and how it came there. */
    @Override
    public String toString() {
        return String.join("; ", story);
    }
}
