package io.omsbatch.core.internal.run;

import io.omsbatch.core.internal.call.CallResult;

/**
 * What the tasks that were looked at together have in common. They share one draw of chance too, so that a page that failed as a
 * whole stays together and does not fall apart into a call per task.
 *
 * @param begunAt when the look began, in nanoseconds
 * @param endedAt when it ended
 * @param paged whether there was more than one task
 * @param chance at least 0 and below 1
 */
record PageLook(long begunAt, long endedAt, boolean paged, double chance) {

    static PageLook of(CallResult<?> result, int tasks, double chance) {
        return new PageLook(result.begunAt(), result.endedAt(), tasks > 1, chance);
    }
}
