package io.omsbatch.api.operation;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.task.TaskRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for: one operation over selected tasks. The request id makes asking idempotent: the same id with the
 * same actor, operation, tasks and policy leads to the same run, with anything else it is a conflict (RUN-11). Immutable.
 *
 * @param requestId the caller's id of this request, 1 to 200 characters; choose a new one for each new wish
 * @param actor who asks
 * @param operation what is asked for
 * @param tasks the selected tasks, at least one; duplicates collapse, the order is kept (PLAN-2)
 * @param policy how the run is paced, and when it stops by itself
 * @param redriveOf the run whose tasks are taken up once more, or null if it is a wish of its own
 * @since 0.1.0
 */
public record BatchRequest(
        String requestId,
        Actor actor,
        BatchOperation operation,
        List<TaskRef> tasks,
        RunPolicy policy,
        @Nullable String redriveOf) {

    /**
     * Checks and copies the parts.
     *
     * @throws InvalidInputException if no task is selected, or more than 1 000 000 are, or one is null, or the id breaks its
     *     limit
     */
    public BatchRequest {
        Limits.id("BatchRequest.requestId", requestId);
        Objects.requireNonNull(actor, "BatchRequest.actor");
        Objects.requireNonNull(operation, "BatchRequest.operation");
        Objects.requireNonNull(tasks, "BatchRequest.tasks");
        Objects.requireNonNull(policy, "BatchRequest.policy");
        if (tasks.isEmpty()) {
            throw new InvalidInputException("BatchRequest.tasks", "is empty; select at least one task");
        }
        Limits.tasks("BatchRequest.tasks", tasks);
        if (redriveOf != null) {
            Limits.id("BatchRequest.redriveOf", redriveOf);
        }
        tasks = List.copyOf(distinct(tasks));
    }

    /** One by one, so that what is no task at all is found before it is asked for its hash. */
    private static Set<TaskRef> distinct(List<TaskRef> tasks) {
        Set<TaskRef> distinct = new LinkedHashSet<>(tasks.size() * 2);
        for (TaskRef task : tasks) {
            distinct.add(task);
        }
        return distinct;
    }

    /**
     * Returns a request in which each task stands alone.
     *
     * @param requestId the caller's id of this request
     * @param actor who asks
     * @param operation what is asked for
     * @param tasks the selected tasks
     * @return the request
     * @throws InvalidInputException as the constructor throws it
     */
    public static BatchRequest of(String requestId, Actor actor, BatchOperation operation, Collection<TaskRef> tasks) {
        Limits.tasks("BatchRequest.tasks", tasks); // before they are copied
        return new BatchRequest(requestId, actor, operation, new ArrayList<>(tasks), RunPolicy.none(), null);
    }

    /**
     * Returns this request with a policy.
     *
     * @param value how the run is paced, and when it stops by itself
     * @return the changed request
     */
    public BatchRequest with(RunPolicy value) {
        return new BatchRequest(requestId, actor, operation, tasks, value, redriveOf);
    }

    /**
     * Returns this request as one that takes tasks of a run up once more; see {@code BatchEngine.redrive}.
     *
     * @param runId the run
     * @return the changed request
     */
    public BatchRequest redriving(String runId) {
        return new BatchRequest(requestId, actor, operation, tasks, policy, Objects.requireNonNull(runId, "runId"));
    }

    /** Returns operation, number of tasks, actor, request id, policy and the run whose tasks are taken up once more. */
    @Override
    public String toString() {
        return operation.kind().title() + " of " + tasks.size() + (tasks.size() == 1 ? " task by " : " tasks by ")
                + actor + " (request " + SafeText.escape(requestId)
                + (redriveOf == null ? "" : ", redrive of run " + SafeText.escape(redriveOf))
                + (policy.equals(RunPolicy.none()) ? "" : ", " + policy) + ")";
    }
}
