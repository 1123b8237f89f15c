package io.omsbatch.examples.postgres.task;

import static io.omsbatch.examples.postgres.task.Status.COMPLETED;
import static io.omsbatch.examples.postgres.task.Status.ENDED;
import static io.omsbatch.examples.postgres.task.Status.ENDING;
import static io.omsbatch.examples.postgres.task.Status.FAILED;
import static io.omsbatch.examples.postgres.task.Status.NEW;
import static io.omsbatch.examples.postgres.task.Status.RESUMING;
import static io.omsbatch.examples.postgres.task.Status.RUNNING;
import static io.omsbatch.examples.postgres.task.Status.STARTING;
import static io.omsbatch.examples.postgres.task.Status.STOPPED;
import static io.omsbatch.examples.postgres.task.Status.STOPPING;

import io.omsbatch.examples.postgres.problem.Problem;
import java.util.Objects;
import java.util.Set;

/** What each wish does to a task, by where the task is. Pure. */
public final class TaskRules {

    private TaskRules() {}

    /** Decides a wish. */
    public static Decision decide(TaskRecord task, Wish wish) {
        return switch (wish.kind()) {
            case START -> start(task);
            case STOP -> towards(task, wish, STOPPING, STOPPED, Set.of(RUNNING));
            case RESUME -> towards(task, wish, RESUMING, RUNNING, Set.of(STOPPED, FAILED));
            case END -> towards(task, wish, ENDING, ENDED, Set.of(STOPPED, FAILED, COMPLETED));
            case DELETE ->
                Set.of(NEW, ENDED).contains(task.state().status())
                        ? new Decision.Forget()
                        : refusal(task, wish, "end it first");
            case PROTECT -> protect(task, wish);
            case SKIP_VERIFICATION -> skipVerification(task, wish);
            case ENTER_SWITCHOVER -> enterSwitchover(task, wish);
            case ENTER_SWITCH_BACK -> enterSwitchBack(task, wish);
            case RUN_STEP -> StepRules.run(task, Objects.requireNonNull(wish.step()), wish);
            case UNDO_STEP -> StepRules.undo(task, Objects.requireNonNull(wish.step()), wish);
            case SKIP_STEP -> StepRules.skip(task, Objects.requireNonNull(wish.step()), wish);
        };
    }

    private static Decision start(TaskRecord task) {
        TaskState state = task.state();
        return switch (state.status()) {
            case NEW -> new Decision.Change(task.with(state.with(STARTING).at(Stage.PRECHECK, Going.RUNNING)), false);
            case STARTING -> new Decision.Nothing(false);
            case RUNNING -> new Decision.Nothing(true);
            default -> refusal(task, Wish.of(Wish.Kind.START), "resume it if it is stopped or failed");
        };
    }

    /** A wish that is met later: the task is on its way to {@code there} while it is {@code going}. */
    private static Decision towards(TaskRecord task, Wish wish, Status going, Status there, Set<Status> from) {
        Status status = task.state().status();
        if (status == going || status == there) {
            return new Decision.Nothing(status == there);
        }
        return from.contains(status)
                ? new Decision.Change(task.with(task.state().with(going)), false)
                : refusal(task, wish, "it can be done to a task that is " + from);
    }

    private static Decision protect(TaskRecord task, Wish wish) {
        Protection wanted = Objects.requireNonNull(wish.protection());
        if (Set.of(ENDING, ENDED, COMPLETED).contains(task.state().status())) {
            return refusal(task, wish, "nothing is watched any more in such a task");
        }
        return wanted == task.protection() ? new Decision.Nothing(true) : new Decision.Change(task.with(wanted), true);
    }

    private static Decision skipVerification(TaskRecord task, Wish wish) {
        TaskState state = task.state();
        if (state.stage() != Stage.VERIFICATION || state.going().over()) {
            return state.stage() == Stage.VERIFICATION && state.going() == Going.SKIPPED
                    ? new Decision.Nothing(true)
                    : refusal(task, wish, "only a task that is in its verification can do without it");
        }
        return Set.of(RUNNING, STOPPED, FAILED).contains(state.status())
                ? new Decision.Change(task.with(state.at(Stage.VERIFICATION, Going.SKIPPED)), true)
                : refusal(task, wish, "repeat it when the task has settled");
    }

    private static Decision enterSwitchover(TaskRecord task, Wish wish) {
        TaskState state = task.state();
        if (state.stage() == Stage.SWITCHOVER || state.stage() == Stage.REVERSE) {
            return new Decision.Nothing(true);
        }
        boolean ready = state.status() == RUNNING
                && state.stage() != Stage.SWITCH_BACK
                && state.going().over()
                && state.stage().next(task.parts()).isEmpty();
        return ready
                ? inNextRound(task)
                : refusal(task, wish, "wait until its last stage before the switchover is over");
    }

    private static Decision enterSwitchBack(TaskRecord task, Wish wish) {
        TaskState state = task.state();
        if (state.stage() == Stage.SWITCH_BACK) {
            return new Decision.Nothing(true);
        }
        return state.status() == RUNNING && state.stage() == Stage.REVERSE
                ? inNextRound(task)
                : refusal(task, wish, "wait until its switchover is over and its changes flow back");
    }

    private static Decision inNextRound(TaskRecord task) {
        return new Decision.Change(
                task.with(task.state().inNextRound()).with(task.links().inNextRound()), true);
    }

    static Decision.Refusal refusal(TaskRecord task, Wish wish, String remedy) {
        return new Decision.Refusal(Problem.of(
                "NOT_IN_THIS_STATE",
                wish + " is not possible: task " + task.id() + " is "
                        + task.state().status() + " in " + task.state().stage() + ":"
                        + task.state().going(),
                remedy));
    }
}
