package io.omsbatch.api.outcome;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.Objects;

/**
 * That an operator passed over one rule for one task. Immutable.
 *
 * @param task the task
 * @param rule the name of the rule, an {@code Invariant} of the switchover
 * @param actor who did
 * @param reason why
 * @param at when
 * @since 0.1.0
 */
public record Waiver(TaskRef task, String rule, Actor actor, String reason, Instant at) {

    /** Checks the parts. */
    public Waiver {
        Objects.requireNonNull(task, "Waiver.task");
        Limits.id("Waiver.rule", rule);
        Objects.requireNonNull(actor, "Waiver.actor");
        Objects.requireNonNull(reason, "Waiver.reason");
        Objects.requireNonNull(at, "Waiver.at");
    }

    /** Returns rule, task, actor and escaped reason. */
    @Override
    public String toString() {
        return rule + " for " + task + " by " + actor + ": " + SafeText.escape(reason);
    }
}
