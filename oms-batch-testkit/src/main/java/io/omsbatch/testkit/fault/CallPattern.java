package io.omsbatch.testkit.fault;

import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.CallKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls of a gateway are meant. Immutable.
 *
 * @param kind which call, or null for any
 * @param what the name of the operation's kind or of the switchover step, or null for any
 * @param task a call for this task, alone or among others, or null for any
 * @since 0.1.0
 */
public record CallPattern(
        @Nullable CallKind kind,
        @Nullable String what,
        @Nullable TaskRef task) {

    /** Returns the pattern of every call. */
    public static CallPattern any() {
        return new CallPattern(null, null, null);
    }

    /**
     * Returns the pattern of every call of a kind.
     *
     * @param kind which call
     * @return the pattern
     */
    public static CallPattern of(CallKind kind) {
        return new CallPattern(kind, null, null);
    }

    /**
     * Returns the pattern of the commands of an operation or switchover step.
     *
     * @param what the operation's kind or the step
     * @return the pattern
     */
    public static CallPattern of(Enum<?> what) {
        return new CallPattern(null, what.name(), null);
    }

    /**
     * Returns this pattern for one task only.
     *
     * @param ref the task
     * @return the narrower pattern
     */
    public CallPattern on(TaskRef ref) {
        return new CallPattern(kind, what, ref);
    }

    boolean matches(CallKind call, @Nullable String order, Set<TaskRef> tasks) {
        return (kind == null || kind == call)
                && (what == null || what.equals(order))
                && (task == null || tasks.contains(task));
    }

    /** Returns the parts that are set. */
    @Override
    public String toString() {
        String text = (kind == null ? "" : kind + " ")
                + (what == null ? "" : what + " ")
                + (task == null ? "" : "of " + task.id() + " ");
        return text.isEmpty() ? "any call" : text.trim();
    }
}
