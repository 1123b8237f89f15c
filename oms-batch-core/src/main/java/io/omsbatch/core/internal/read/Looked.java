package io.omsbatch.core.internal.read;

import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.call.SafeThrowable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a look at one task showed: something, that the task is absent, or nothing.
 *
 * @param value what was seen, or null if the task is absent or nothing could be seen
 * @param problem why nothing could be seen, or null if something was, or the task is absent
 */
public record Looked<T>(@Nullable T value, @Nullable Problem problem) {

    /**
     * Returns that nothing could be seen.
     *
     * @param problem why not
     * @param <T> what was looked for
     * @return the look
     */
    public static <T> Looked<T> failed(Problem problem) {
        return new Looked<>(null, problem);
    }

    /** Returns whether the platform said that the task does not exist. */
    public boolean absent() {
        return value == null && problem == null;
    }

    /**
     * Sorts a gateway's answer, believing nothing: a missing task is absent; a null or an answer for another task is a problem
     * of that task alone.
     *
     * @param answer what the gateway returned
     * @param asked which tasks were asked for
     * @param identity tells for which task an answer is
     * @param made what is made of an answer
     * @param <A> what is read of each task
     * @param <T> what is made of it
     * @return one look per task asked for
     */
    public static <A, T> Map<TaskRef, Looked<T>> sort(
            @Nullable Map<TaskRef, A> answer,
            Set<TaskRef> asked,
            Function<A, @Nullable TaskRef> identity,
            Function<A, T> made) {
        Map<TaskRef, Looked<T>> looks = new HashMap<>(asked.size() * 2);
        for (TaskRef ref : asked) {
            looks.put(ref, answer == null ? broken("null") : one(answer, ref, identity, made));
        }
        return looks;
    }

    private static <A, T> Looked<T> one(
            Map<TaskRef, A> answer, TaskRef ref, Function<A, @Nullable TaskRef> identity, Function<A, T> made) {
        try {
            A value = answer.get(ref);
            if (value == null) {
                return answer.containsKey(ref) ? broken("null for " + ref) : new Looked<>(null, null);
            }
            TaskRef told = identity.apply(value);
            return told == null || told.equals(ref)
                    ? new Looked<>(made.apply(value), null)
                    : broken("with " + told + " for " + ref);
        } catch (Throwable hostile) { // even the map is the gateway's, and may throw what it may not
            return broken("with something unreadable: " + SafeThrowable.describe(hostile));
        }
    }

    private static <T> Looked<T> broken(String answer) {
        return failed(Problem.of(ProblemCode.GATEWAY_BROKEN, "the gateway answered " + answer));
    }
}
