package io.omsbatch.examples.postgres.task;

import io.omsbatch.examples.postgres.problem.Problem;

/** What becomes of a wish. */
public sealed interface Decision {

    /**
     * The task changes.
     *
     * @param task as it is then
     * @param finished whether that is all there is to do; otherwise the platform's worker goes on from there
     */
    record Change(TaskRecord task, boolean finished) implements Decision {}

    /**
     * The task is so already, or on its way there.
     *
     * @param finished whether it is so already
     */
    record Nothing(boolean finished) implements Decision {}

    /** The task is to be forgotten. */
    record Forget() implements Decision {}

    /**
     * It cannot be.
     *
     * @param problem why not
     */
    record Refusal(Problem problem) implements Decision {}
}
