package io.omsbatch.testkit.history;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.task.TaskRef;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call of a gateway. Immutable.
 *
 * @param number its place among the calls, from 1, by when they began
 * @param kind which call
 * @param tasks which tasks it was for; empty for a listing
 * @param order what was ordered; null for a call that only looks
 * @param timing when it began, ended and took effect
 * @param answer how it ended
 * @param note what a simulation did to it; empty if nothing
 * @since 0.1.0
 */
public record GatewayCall(
        int number,
        CallKind kind,
        List<TaskRef> tasks,
        @Nullable Order order,
        Timing timing,
        GatewayAnswer answer,
        String note) {

    /**
     * What a command orders.
     *
     * @param what the name of the operation's kind or of the switchover step
     * @param detail what else belongs to it: an alert level, or SKIP or UNDO for a step; empty if nothing
     * @param context key, attempt, token, deadline
     */
    public record Order(String what, String detail, CommandContext context) {
        /** Checks that the parts are there. */
        public Order {
            Objects.requireNonNull(what, "Order.what");
            Objects.requireNonNull(detail, "Order.detail");
            Objects.requireNonNull(context, "Order.context");
        }

        /** Returns whether it orders to pass over a step. */
        public boolean skips() {
            return detail.equals("SKIP");
        }

        /** Returns whether it orders to take a step back. */
        public boolean undoes() {
            return detail.equals("UNDO");
        }
    }

    /**
     * When a call began, ended and took effect.
     *
     * @param begun when it began
     * @param ended when it ended, or null if it has not
     * @param effect when it changed something, or null if it has not, or nobody could tell
     */
    public record Timing(
            Moment begun, @Nullable Moment ended, @Nullable Moment effect) {
        /** Checks that it began. */
        public Timing {
            Objects.requireNonNull(begun, "Timing.begun");
        }
    }

    /** Copies the tasks. */
    public GatewayCall {
        Objects.requireNonNull(kind, "GatewayCall.kind");
        tasks = List.copyOf(tasks);
        Objects.requireNonNull(timing, "GatewayCall.timing");
        Objects.requireNonNull(answer, "GatewayCall.answer");
        Objects.requireNonNull(note, "GatewayCall.note");
    }

    /** Returns when it began. */
    public Moment begun() {
        return timing.begun();
    }

    /** Returns when it ended, or null if it has not. */
    public @Nullable Moment ended() {
        return timing.ended();
    }

    /** Returns what was ordered. */
    public Order ordered() {
        return Objects.requireNonNull(order, "GatewayCall.order");
    }

    /**
     * Returns whether the caller cannot know of an effect: the call said so, or broke its contract, or had not ended when
     * its deadline came.
     */
    public boolean leavesDoubt() {
        Moment ended = ended();
        return answer.kind().leavesDoubt()
                || (order != null
                        && ended != null
                        && !ended.at().isBefore(order.context().deadline()));
    }
}
