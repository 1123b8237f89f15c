package io.omsbatch.testkit.fake;

import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes one step of a switchover back. */
final class StepUndo implements Work {

    private final World world;
    private final ProtocolWatch watch;
    private final SwitchoverStep step;
    private final String runId;
    private final int round;

    StepUndo(World world, ProtocolWatch watch, StepCommand command) {
        this.world = world;
        this.watch = watch;
        this.step = command.step();
        this.round = command.round();
        this.runId = command.context().runId();
    }

    @Override
    public void ordered(FakeTask task, Instant at) {
        if (task.cutover == null || task.cutover.round() == round) {
            watch.undoOrdered(task, step);
        }
    }

    @Override
    public @Nullable Problem refusal(FakeTask task) {
        Cutover cutover = task.cutover;
        if (!world.settings().has(GatewayCapability.UNDO)) {
            return CutoverSteps.problem("this platform takes nothing back");
        }
        if (cutover == null || task.status != TaskStatus.RUNNING) {
            return CutoverSteps.problem("the task is " + task.status + " and not in a switchover");
        }
        if (cutover.round() != round) {
            return CutoverSteps.otherRound(cutover, round);
        }
        if (!cutover.hasStep(step)) {
            return CutoverSteps.problem("its migration type has no step: " + step.title());
        }
        if (cutover.reverse != SyncLinks.State.ABSENT || cutover.isUnderWay(SwitchoverStep.START_REVERSE_INCREMENT)) {
            return CutoverSteps.problem("it is past its point of no return");
        }
        if (step == SwitchoverStep.STOP_FORWARD_SYNC
                && cutover.forwardStopped()
                && cutover.targetWrites != SyncLinks.TargetWrites.NONE) {
            return CutoverSteps.problem("writes to the target are " + cutover.targetWrites);
        }
        return null;
    }

    @Override
    public boolean needless(FakeTask task) {
        return task.cutover != null && task.cutover.round() == round && task.cutover.wasTakenBack(runId, step);
    }

    @Override
    public void taken(FakeTask task, Instant at) {
        task.entered().problem = null;
        world.changed(task, at, "is to take back " + step.title());
    }

    @Override
    public Duration delay() {
        return Duration.ZERO;
    }

    @Override
    public boolean apply(FakeTask task, Instant at, boolean fails) {
        Duration settle = world.most(world.settings().settle());
        if (settle.isZero()) {
            takeBack(task, at, fails);
            return !fails;
        }
        world.later(at.plus(settle), when -> takeBack(task, when, fails));
        return false;
    }

    private void takeBack(FakeTask task, Instant at, boolean fails) {
        if (refusal(task) != null) {
            return;
        }
        if (fails) {
            task.entered().problem = CutoverSteps.problem("could not take back " + step.title());
            world.changed(task, at, "failed to take back " + step.title());
        } else {
            task.entered().takeBack(runId, step);
            world.changed(task, at, "took back " + step.title());
        }
    }
}
