package io.omsbatch.examples.postgres.platform;

import io.omsbatch.examples.postgres.control.Answer;
import io.omsbatch.examples.postgres.control.Command;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import io.omsbatch.examples.postgres.task.Going;
import io.omsbatch.examples.postgres.task.Stage;
import io.omsbatch.examples.postgres.task.Status;
import io.omsbatch.examples.postgres.task.Step;
import io.omsbatch.examples.postgres.task.TaskRecord;
import io.omsbatch.examples.postgres.task.TaskState.AtStep;
import io.omsbatch.examples.postgres.task.Wish;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Gives commands to a platform the way an engine would, and waits for what comes of them. */
final class Operator {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final AtomicInteger KEYS = new AtomicInteger();

    private final MigrationPlatform platform;

    Operator(MigrationPlatform platform) {
        this.platform = platform;
    }

    Answer ask(String task, Wish wish) {
        return ask(task, wish, "key-" + KEYS.incrementAndGet(), 1);
    }

    Answer ask(String task, Wish wish, String key, long token) {
        return platform.take(new Command(task, wish, key, 1, "run-" + task, token, "tester"));
    }

    void order(List<String> tasks, Wish wish) {
        for (String task : tasks) {
            Answer answer = ask(task, wish);
            if (!answer.taken()) {
                throw new AssertionError(answer.problem());
            }
        }
    }

    void order(String task, Wish wish) {
        order(List.of(task), wish);
    }

    /** Starts tasks and brings them to the first step of their switchover. */
    void bringToSwitchover(List<String> tasks) {
        order(tasks, Wish.of(Wish.Kind.START));
        awaitReady(tasks);
        order(tasks, Wish.of(Wish.Kind.ENTER_SWITCHOVER));
    }

    /** Waits until the last stage before the switchover is over. */
    void awaitReady(List<String> tasks) {
        await(tasks, task -> {
            refuseFailed(task);
            return task.state().going().over() && task.state().stage().next(task.parts()).isEmpty();
        });
    }

    /** Takes tasks through a step and waits until it is over. */
    void step(List<String> tasks, Step step) {
        order(tasks, Wish.run(step));
        await(tasks, task -> {
            AtStep at = task.state().switchover();
            refuseFailed(task);
            return at.step().compareTo(step) > 0 || at.going() == Going.FINISHED;
        });
    }

    void stepsUntil(List<String> tasks, Step last) {
        for (Step step : Step.values()) {
            if (step.compareTo(last) <= 0) {
                step(tasks, step);
            }
        }
    }

    /** Takes a task through a step that is going to fail, and gives its problem. */
    Problem failingStep(String task, Step step) {
        order(task, Wish.run(step));
        await(List.of(task), now -> now.state().switchover().going() == Going.FAILED);
        return read(task).problem();
    }

    void awaitStatus(List<String> tasks, Status status) {
        await(tasks, task -> task.state().status() == status);
    }

    void awaitStatus(String task, Status status) {
        awaitStatus(List.of(task), status);
    }

    void awaitStage(String task, Stage stage) {
        await(List.of(task), now -> now.state().stage().compareTo(stage) >= 0);
    }

    TaskRecord read(String task) {
        return platform.read(List.of(task)).get(0);
    }

    void await(List<String> tasks, Predicate<TaskRecord> wanted) {
        Waiting.untilTrue(
                LIMIT,
                () -> platform.read(tasks).stream().filter(wanted).count() == tasks.size(),
                limit -> Problem.of("TEST", platform.read(tasks).toString(), "look"));
    }

    private static void refuseFailed(TaskRecord task) {
        if (task.state().failed()) {
            throw new AssertionError(task.id() + ": " + task.problem());
        }
    }
}
