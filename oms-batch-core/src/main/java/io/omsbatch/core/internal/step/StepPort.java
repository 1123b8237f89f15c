package io.omsbatch.core.internal.step;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.durable.Settlement;
import io.omsbatch.core.internal.read.Looked;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is particular to an operation: how its steps are looked at and commanded, and what a look means. */
public interface StepPort {

    /** Returns how many gateway calls a look before commands takes; any other takes one. */
    int callsBeforeCommand();

    /**
     * Looks at tasks; calls the gateway and throws whatever it throws.
     *
     * @param tasks which tasks
     * @param beforeCommand whether commands are to follow, so that everything they depend on must be looked at
     * @param beforeEach is run before each call of the gateway; may throw to stop the look
     * @return one look per task
     */
    Map<TaskRef, Looked<Sight>> look(Set<TaskRef> tasks, boolean beforeCommand, Runnable beforeEach);

    /**
     * Sends the command of a task's current step; calls the gateway and throws whatever it throws.
     *
     * @param entry the task
     * @param context key, attempt, token and deadline
     * @return the platform's answer, or null from a broken gateway
     */
    @Nullable
    GatewayReply command(StepView entry, CommandContext context);

    /**
     * Says whether the command of a task's current step may be sent.
     *
     * @param entry the task
     * @param sight what was seen just now, or null if the task is absent
     * @param now the present, by the engine's clock
     * @return what the look says
     */
    Readiness readiness(StepView entry, @Nullable Sight sight, Instant now);

    /**
     * Says what became of the command of a task's current step.
     *
     * @param entry the task
     * @param sight what was seen just now, or null if the task is absent
     * @return what the look says
     */
    Settlement settlement(StepView entry, @Nullable Sight sight);
}
