package io.omsbatch.core.internal.call;

import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** The newest command of each task that was given up, and may be out there still, whichever run sent it. Thread-safe. */
public final class OverdueCalls {

    private final Map<TaskRef, CallTicket> tickets = new ConcurrentHashMap<>();

    /**
     * Notes that a command was given up.
     *
     * @param task its task
     * @param ticket tells whether its call has returned
     */
    public void gaveUp(TaskRef task, CallTicket ticket) {
        tickets.put(task, ticket);
    }

    /**
     * Returns whether nothing can come any more of commands that were given up.
     *
     * @param task the task
     * @param maximumEffectDelay how long after the return of its call a command may still take effect
     * @param now the present, by the environment's monotonic clock
     * @return whether all such calls for the task returned at least that long ago
     */
    public boolean over(TaskRef task, Duration maximumEffectDelay, long now) {
        CallTicket ticket = tickets.get(task);
        if (ticket == null) {
            return true;
        }
        OptionalLong returned = ticket.returnedAt();
        boolean over = returned.isPresent() && now - returned.getAsLong() >= maximumEffectDelay.toNanos();
        if (over) {
            tickets.remove(task, ticket);
        }
        return over;
    }
}
