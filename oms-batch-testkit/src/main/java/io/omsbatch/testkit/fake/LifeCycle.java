package io.omsbatch.testkit.fake;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.StageProgress.State;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the plain operations need and do, and how the stages of a running task follow each other. */
final class LifeCycle {

    private static final Set<TaskStatus> RESUMABLE = EnumSet.of(TaskStatus.STOPPED, TaskStatus.FAILED);
    private static final Set<TaskStatus> ENDABLE =
            EnumSet.of(TaskStatus.STOPPED, TaskStatus.FAILED, TaskStatus.COMPLETED);
    private static final Set<TaskStatus> DELETABLE = EnumSet.of(TaskStatus.NOT_STARTED, TaskStatus.ENDED);
    private static final Set<TaskStatus> FIXED =
            EnumSet.of(TaskStatus.COMPLETED, TaskStatus.ENDING, TaskStatus.ENDED, TaskStatus.UNRECOGNIZED);
    private static final Set<TaskStatus> VERIFYING =
            EnumSet.of(TaskStatus.RUNNING, TaskStatus.STOPPED, TaskStatus.FAILED);

    private static final Set<State> BEFORE_OR_BEYOND = EnumSet.of(State.WAITING, State.UNRECOGNIZED);

    private static final Set<Stage> AFTERWARDS = EnumSet.of(Stage.FORWARD_SWITCHOVER, Stage.REVERSE_INCREMENT);

    private final World world;

    LifeCycle(World world) {
        this.world = world;
    }

    Work work(BatchOperation operation) {
        return new Work() {
            @Override
            public @Nullable Problem refusal(FakeTask task) {
                return allowed(task, operation.kind())
                        ? null
                        : new Problem(
                                "GHANA-OPERAT000001",
                                "the current status " + task.status + " in stage " + task.stage + " does not support: "
                                        + operation.kind().title(),
                                "refresh the task and check its status",
                                false);
            }

            @Override
            public boolean needless(FakeTask task) {
                return false;
            }

            @Override
            public Duration delay() {
                return switch (operation.kind()) {
                    case START, STOP, RESUME -> world.most(world.settings().settle());
                    case END,
                            DELETE,
                            MODIFY_ALERT_LEVEL,
                            SKIP_FULL_VERIFICATION,
                            ENTER_FORWARD_SWITCHOVER,
                            FORWARD_SWITCHOVER,
                            ENTER_SWITCH_BACK,
                            SWITCH_BACK -> Duration.ZERO;
                };
            }

            @Override
            public boolean apply(FakeTask task, Instant at, boolean fails) {
                change(task, operation, at);
                return operation.kind() != OperationKind.END || task.status == TaskStatus.ENDED;
            }
        };
    }

    /** Lets a task that somebody set up go on by itself. */
    void goOn(FakeTask task, Instant at) {
        if (task.status == TaskStatus.RUNNING && task.stage.state() == State.RUNNING) {
            int turn = task.turn;
            world.later(at.plus(world.settings().stage()), when -> finishStage(task, turn, when));
        }
    }

    private static boolean allowed(FakeTask task, OperationKind operation) {
        return switch (operation) {
            case START -> task.status == TaskStatus.NOT_STARTED;
            case STOP -> task.status == TaskStatus.RUNNING;
            case RESUME -> RESUMABLE.contains(task.status);
            case END -> ENDABLE.contains(task.status);
            case DELETE -> DELETABLE.contains(task.status);
            case MODIFY_ALERT_LEVEL -> !FIXED.contains(task.status);
            case SKIP_FULL_VERIFICATION ->
                VERIFYING.contains(task.status)
                        && task.stage.stage() == Stage.FULL_VERIFICATION
                        && !task.stage.done()
                        && !BEFORE_OR_BEYOND.contains(task.stage.state());
            case ENTER_FORWARD_SWITCHOVER ->
                task.status == TaskStatus.RUNNING
                        && task.stage.stage() == task.type().lastStageBeforeSwitchover()
                        && task.stage.done();
            case ENTER_SWITCH_BACK -> task.status == TaskStatus.RUNNING && mayGoBack(task);
            case FORWARD_SWITCHOVER, SWITCH_BACK -> false;
        };
    }

    private static boolean mayGoBack(FakeTask task) {
        Cutover cutover = task.cutover;
        return cutover != null
                && cutover.direction() == SwitchoverDirection.FORWARD
                && cutover.hasStep(SwitchoverStep.START_REVERSE_INCREMENT)
                && cutover.isOver(SwitchoverStep.START_REVERSE_INCREMENT)
                && AFTERWARDS.contains(task.stage.stage());
    }

    private void change(FakeTask task, BatchOperation operation, Instant at) {
        task.turn++;
        switch (operation.kind()) {
            case START -> {
                task.status = TaskStatus.RUNNING;
                task.stage = new StageProgress(Stage.PRECHECK, State.RUNNING);
            }
            case STOP -> {
                task.status = TaskStatus.STOPPED;
                if (!task.stage.done()) {
                    task.stage = new StageProgress(task.stage.stage(), State.SUSPENDED);
                }
            }
            case RESUME -> {
                task.status = TaskStatus.RUNNING;
                if (!task.stage.done()) {
                    task.stage = new StageProgress(task.stage.stage(), State.RUNNING);
                }
            }
            case END -> end(task, at);
            case DELETE -> world.remove(task.ref(), at, "deleted");
            case MODIFY_ALERT_LEVEL -> {
                if (operation instanceof BatchOperation.ModifyAlertLevel wanted) {
                    task.alertLevel = wanted.level();
                }
            }
            case SKIP_FULL_VERIFICATION -> task.stage = new StageProgress(Stage.FULL_VERIFICATION, State.SKIPPED);
            case ENTER_FORWARD_SWITCHOVER -> {
                task.stage = new StageProgress(Stage.FORWARD_SWITCHOVER, State.RUNNING);
                task.enter(SwitchoverDirection.FORWARD, world.movesOn());
            }
            case ENTER_SWITCH_BACK -> {
                task.stage = new StageProgress(Stage.SWITCH_BACK, State.RUNNING);
                task.enter(SwitchoverDirection.BACK, world.movesOn());
            }
            case FORWARD_SWITCHOVER, SWITCH_BACK ->
                throw new IllegalArgumentException("the switchover is not one operation");
        }
        if (operation.kind() != OperationKind.DELETE) {
            world.changed(task, at, operation.kind().title());
            goOn(task, at);
        }
    }

    private void end(FakeTask task, Instant at) {
        Duration settle = world.most(world.settings().settle());
        task.status = settle.isZero() ? TaskStatus.ENDED : TaskStatus.ENDING;
        if (!settle.isZero()) {
            int turn = task.turn;
            world.later(at.plus(settle), when -> {
                if (task.turn == turn) {
                    task.status = TaskStatus.ENDED;
                    world.changed(task, when, "released");
                }
            });
        }
    }

    private void finishStage(FakeTask task, int turn, Instant at) {
        if (task.turn != turn || task.stage.state() != State.RUNNING || task.status != TaskStatus.RUNNING) {
            return;
        }
        Stage stage = task.stage.stage();
        if (stage.compareTo(task.type().lastStageBeforeSwitchover()) > 0) {
            return;
        }
        Stage next = nextStage(task, stage);
        if (next != null) {
            task.stage = new StageProgress(next, State.RUNNING);
        } else {
            task.stage = new StageProgress(stage, stage == Stage.INCREMENTAL_SYNC ? State.MONITORING : State.FINISHED);
        }
        world.changed(task, at, "stage " + stage + " is done");
        goOn(task, at);
    }

    private static @Nullable Stage nextStage(FakeTask task, Stage stage) {
        Stage last = task.type().lastStageBeforeSwitchover();
        for (Stage next : Stage.values()) {
            if (next.compareTo(stage) > 0 && next.compareTo(last) <= 0 && hasStage(task, next)) {
                return next;
            }
        }
        return null;
    }

    private static boolean hasStage(FakeTask task, Stage stage) {
        return switch (stage) {
            case PRECHECK -> true;
            case SCHEMA_MIGRATION -> task.type().has(Part.SCHEMA);
            case FULL_MIGRATION -> task.type().has(Part.FULL);
            case INCREMENTAL_SYNC -> task.type().has(Part.INCREMENTAL);
            case FULL_VERIFICATION -> task.type().has(Part.FULL_VERIFICATION);
            case FORWARD_SWITCHOVER, REVERSE_INCREMENT, SWITCH_BACK, UNRECOGNIZED -> false;
        };
    }
}
