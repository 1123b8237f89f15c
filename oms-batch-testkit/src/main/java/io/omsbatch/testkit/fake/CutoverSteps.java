package io.omsbatch.testkit.fake;

import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.switchover.ObjectItem;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the eight steps of the switchover need and do. */
final class CutoverSteps {

    private static final Set<SwitchoverStep> AUTOMATIC = EnumSet.of(
            SwitchoverStep.SWITCHOVER_PRECHECK,
            SwitchoverStep.START_TARGET_STORE,
            SwitchoverStep.CONFIRM_SYNC_TIMESTAMP,
            SwitchoverStep.STOP_FORWARD_SYNC);
    private static final Set<SwitchoverStep> AT_ONCE = EnumSet.of(
            SwitchoverStep.START_FORWARD_SWITCHOVER,
            SwitchoverStep.CONFIRM_SYNC_TIMESTAMP,
            SwitchoverStep.PROCESS_DATABASE_OBJECTS);

    private final World world;
    private final ProtocolWatch watch;

    CutoverSteps(World world, ProtocolWatch watch) {
        this.world = world;
        this.watch = watch;
    }

    Work work(StepCommand command) {
        if (command.action() == StepCommand.Action.UNDO) {
            return new StepUndo(world, watch, command);
        }
        boolean skips = command.action() == StepCommand.Action.SKIP;
        SwitchoverStep step = command.step();
        int round = command.round();
        String runId = command.context().runId();
        return new Work() {
            @Override
            public void ordered(FakeTask task, Instant at) {
                if (task.cutover == null || task.cutover.round() == round) {
                    watch.stepOrdered(task, step, skips, at);
                }
            }

            @Override
            public @Nullable Problem refusal(FakeTask task) {
                Cutover cutover = task.cutover;
                if (cutover != null && cutover.round() != round) {
                    return otherRound(cutover, round);
                }
                return cutover != null && cutover.wasTakenBack(runId, step)
                        ? problem("this run has taken it back: " + step.title())
                        : CutoverSteps.refusal(task, step, skips);
            }

            @Override
            public boolean needless(FakeTask task) {
                Cutover cutover = task.cutover;
                return cutover != null
                        && !lacksStopPoint(cutover, step)
                        && (cutover.isOver(step) || (!skips && cutover.isUnderWay(step)));
            }

            @Override
            public Duration delay() {
                return Duration.ZERO;
            }

            @Override
            public boolean apply(FakeTask task, Instant at, boolean fails) {
                if (skips) {
                    task.entered().skip(step);
                    changed(task, at, "skipped " + step.title());
                    return true;
                }
                if (lacksStopPoint(task.entered(), step)) {
                    takeEffect(task, task.entered(), step, at);
                    changed(task, at, "read the stop point anew");
                    return true;
                }
                return begin(task, step, at, fails);
            }
        };
    }

    /** A task that was set up past the write stop has none until that is confirmed anew. */
    private static boolean lacksStopPoint(Cutover cutover, SwitchoverStep step) {
        return step == SwitchoverStep.CONFIRM_WRITES_STOPPED && cutover.isOver(step) && cutover.stopPoint == null;
    }

    private static @Nullable Problem refusal(FakeTask task, SwitchoverStep step, boolean skips) {
        Cutover cutover = task.cutover;
        if (cutover == null || task.status != TaskStatus.RUNNING) {
            return problem("the task is " + task.status + " and not in a switchover");
        }
        if (!cutover.hasStep(step)) {
            return problem("its migration type has no step: " + step.title());
        }
        if (cutover.isOver(step) || (cutover.isUnderWay(step) && !skips)) {
            return null;
        }
        if (skips && !AUTOMATIC.contains(step)) {
            return problem("an operator's step cannot be skipped: " + step.title());
        }
        if (!cutover.isNext(step) && !cutover.isUnderWay(step)) {
            return problem("it stands at " + cutover.progress() + ", not at " + step.title());
        }
        if (step == SwitchoverStep.START_REVERSE_INCREMENT) {
            if (!task.links().forwardQuiet()) {
                return problem("forward sync is " + task.links().forward() + "; it must be stopped first");
            }
            if (cutover.storeStart == null) {
                return problem("there is no target store to read from");
            }
        }
        return null;
    }

    static Problem otherRound(Cutover cutover, int wanted) {
        return problem("it is in round " + cutover.round() + ", not in round " + wanted);
    }

    static Problem problem(String message) {
        return new Problem("GHANA-SWITCH000001", message, "look at the switchover of the task", false);
    }

    private boolean begin(FakeTask task, SwitchoverStep step, Instant at, boolean fails) {
        int tried = task.entered().begin(step);
        Duration settle = AT_ONCE.contains(step) && !fails
                ? Duration.ZERO
                : world.most(world.settings().settle());
        if (settle.isZero()) {
            finish(task, step, tried, at, fails);
            return true;
        }
        changed(task, at, "began " + step.title());
        world.later(at.plus(settle), when -> finish(task, step, tried, when, fails));
        return false;
    }

    private void finish(FakeTask task, SwitchoverStep step, int tried, Instant at, boolean fails) {
        Cutover cutover = task.entered();
        if (!cutover.isCurrent(tried) || task.status != TaskStatus.RUNNING) {
            return;
        }
        boolean blocked = step == SwitchoverStep.SWITCHOVER_PRECHECK && look(cutover, fails);
        if (fails || blocked) {
            cutover.fail(new Problem(
                    "GHANA-SWITCH000002", step.title() + " failed", "repair what the platform names", false));
            changed(task, at, "failed " + step.title());
            return;
        }
        takeEffect(task, cutover, step, at);
        cutover.over();
        if (cutover.finished()) {
            cutover.overSince = at;
            task.stage = stageAfter(task, cutover.direction());
        }
        changed(task, at, "finished " + step.title());
        advance(task, at);
    }

    /** After a switch back a task is where it was before its forward switchover. */
    private static StageProgress stageAfter(FakeTask task, SwitchoverDirection direction) {
        if (direction == SwitchoverDirection.FORWARD) {
            return new StageProgress(Stage.FORWARD_SWITCHOVER, StageProgress.State.FINISHED);
        }
        Stage before = task.type().lastStageBeforeSwitchover();
        return new StageProgress(
                before,
                before == Stage.INCREMENTAL_SYNC ? StageProgress.State.MONITORING : StageProgress.State.FINISHED);
    }

    private static void takeEffect(FakeTask task, Cutover cutover, SwitchoverStep step, Instant at) {
        switch (step) {
            case START_TARGET_STORE -> cutover.storeStart = task.sync.source(at);
            case CONFIRM_WRITES_STOPPED -> {
                cutover.sourceGuard = SyncLinks.SourceGuard.SHUT;
                cutover.trueStop = at.toEpochMilli();
                cutover.stopPoint = new StopPoint(task.sync.source(at), at);
            }
            case STOP_FORWARD_SYNC -> cutover.stopForward();
            case PROCESS_DATABASE_OBJECTS ->
                cutover.objects = cutover.objects.stream()
                        .map(item -> new ObjectItem(item.id(), item.description(), ObjectItem.State.DONE, ""))
                        .toList();
            case START_REVERSE_INCREMENT -> cutover.reverse = SyncLinks.State.RUNNING;
            case START_FORWARD_SWITCHOVER, SWITCHOVER_PRECHECK, CONFIRM_SYNC_TIMESTAMP, UNRECOGNIZED -> {}
        }
    }

    void leaveTraces(FakeTask task, Instant at) {
        for (SwitchoverStep step : task.type().switchoverSteps(task.entered().direction())) {
            if (task.entered().isOver(step)) {
                takeEffect(task, task.entered(), step, at);
            }
        }
    }

    /** Returns whether the precheck found something that blocks. */
    private static boolean look(Cutover cutover, boolean fails) {
        if (fails) {
            cutover.precheck = List.of(new PrecheckItem(
                    "write-privilege",
                    PrecheckItem.Severity.BLOCKING,
                    "the account of the source lacks the write privilege",
                    "grant it"));
        } else {
            cutover.precheck = cutover.findings();
        }
        return !cutover.blocking.isEmpty();
    }

    private void changed(FakeTask task, Instant at, String why) {
        world.changed(task, at, why);
    }

    /** Lets a platform that advances by itself take up the next automatic step. */
    private void advance(FakeTask task, Instant at) {
        if (!world.settings().has(GatewayCapability.SELF_ADVANCING)) {
            return;
        }
        for (SwitchoverStep step : AUTOMATIC) {
            if (task.entered().isNext(step)) {
                world.later(at.plus(world.most(Duration.ofSeconds(1))), when -> takeUp(task, step, when));
            }
        }
    }

    private void takeUp(FakeTask task, SwitchoverStep step, Instant at) {
        Cutover cutover = task.entered();
        if (!cutover.isNext(step) || task.status != TaskStatus.RUNNING) {
            return;
        }
        Long stop = cutover.trueStop;
        boolean behind = step == SwitchoverStep.CONFIRM_SYNC_TIMESTAMP
                && (stop == null || task.sync.applied(at) < stop + granularity());
        if (behind) {
            world.later(at.plusSeconds(1), when -> takeUp(task, step, when));
        } else {
            boolean unused = begin(task, step, at, false);
        }
    }

    private long granularity() {
        return world.settings().capabilities().positionGranularity();
    }
}
