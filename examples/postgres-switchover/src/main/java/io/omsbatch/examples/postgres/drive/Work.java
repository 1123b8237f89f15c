package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.task.TaskRecord;

/** Something that is to be done for a task in a certain state. Idempotent, because a killed process leaves it half done. */
interface Work {

    /**
     * Does it, as far as it goes now.
     *
     * @return the task afterwards; the same if it is to be looked at again soon
     * @throws io.omsbatch.examples.postgres.problem.PlatformFailure when it cannot be done
     */
    TaskRecord on(TaskRecord task);
}
