package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.replication.Look;
import io.omsbatch.examples.postgres.replication.SlotState;
import io.omsbatch.examples.postgres.replication.SubscriptionState;
import io.omsbatch.examples.postgres.task.Going;
import io.omsbatch.examples.postgres.task.Status;
import io.omsbatch.examples.postgres.task.Step;
import io.omsbatch.examples.postgres.task.TaskRecord;
import io.omsbatch.examples.postgres.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds links that do not flow although they are meant to. PostgreSQL writes the reason into a log only, and a worker
 * whose slot is gone is started again for ever. Not thread-safe.
 */
final class LinkHealth {
    private static final Duration MISSED_FOR = Duration.ofSeconds(10);

    private static final Duration WOKEN_AGAIN = Duration.ofSeconds(3);

    private final Map<String, Instant> missedSince = new HashMap<>();
    private final Map<String, Instant> wokenAt = new HashMap<>();

    /** What is wrong with the link that a task needs now; empty if nothing is, or nobody can say yet. */
    Optional<Problem> problem(TaskRecord task, Look look) {
        Optional<Direction> needed = needed(task);
        if (needed.isEmpty() || look.working(task.id(), needed.get())) {
            missedSince.remove(task.id());
            return Optional.empty();
        }
        Direction direction = needed.get();
        String name = direction.nameFor(task.id());
        SubscriptionState subscription = look.subscription(task.id(), direction);
        SlotState slot = look.slot(task.id(), direction);
        if (slot == null || slot.lost()) {
            return Optional.of(Problem.of(
                    "SLOT_LOST",
                    "slot " + name + " is gone, or the log that it needs is",
                    "end this task, delete it, and migrate the database anew"));
        }
        if (subscription == null || !subscription.enabled()) {
            return Optional.of(Problem.of(
                    "SUBSCRIPTION_DISABLED",
                    "subscription " + name + " was switched off, after " + errors(subscription) + " errors",
                    "the log of the receiving server names the row that could not be applied: repair it, then resume"));
        }
        Instant since = missedSince.computeIfAbsent(task.id(), id -> look.at());
        return Duration.between(since, look.at()).compareTo(MISSED_FOR) < 0
                ? Optional.empty()
                : Optional.of(Problem.of(
                        "WORKER_MISSING",
                        "the worker of subscription " + name + " is not there since " + since,
                        "look at the log of the receiving server, repair what it names, then resume"));
    }

    /**
     * Whether the link of a task in its switchover was switched off by PostgreSQL, which does so when a connection is lost, and is to
     * be switched on again now: until it is stopped, somebody wants to see how far it has come. Once it is, or that was passed over, it is
     * left as it is.
     */
    boolean wakes(TaskRecord task, Look look) {
        if (!isMeantToFlow(task) || look.working(task.id(), task.state().leading())) {
            wokenAt.remove(task.id());
            return false;
        }
        Instant last = wokenAt.get(task.id());
        boolean due = last == null || Duration.between(last, look.at()).compareTo(WOKEN_AGAIN) >= 0;
        if (due) {
            wokenAt.put(task.id(), look.at());
        }
        return due;
    }

    static boolean isMeantToFlow(TaskRecord task) {
        TaskState.AtStep at = task.state().switchover();
        return at != null
                && task.state().switching()
                && task.state().status() == Status.RUNNING
                && !(at.step() == Step.FORWARD_STOPPED && at.going() == Going.RUNNING)
                && at.step().compareTo(Step.FORWARD_STOPPED) <= 0
                && at.undo() == null
                && task.links().flow(task.state().leading());
    }

    private static long errors(@Nullable SubscriptionState subscription) {
        return subscription == null ? 0 : subscription.errors();
    }

    /** The status of a task stays as it is during its switchover; there the steps say what is wrong. */
    private static Optional<Direction> needed(TaskRecord task) {
        if (task.state().status() != Status.RUNNING || task.state().switching()) {
            return Optional.empty();
        }
        if (task.links().reverse()) {
            return Optional.of(Direction.REVERSE);
        }
        return task.links().forward() ? Optional.of(Direction.FORWARD) : Optional.empty();
    }
}
