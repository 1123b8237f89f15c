package io.omsbatch.api.engine;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.RunAction;
import java.util.Objects;

/**
 * What an operator does to a whole run. Immutable.
 *
 * @param action what to do
 * @param version the version of the run that the operator saw ({@link BatchRun#version()}), 0 or more
 * @param actor who acts
 * @param reason why
 * @since 0.1.0
 */
public record RunControl(RunAction action, long version, Actor actor, String reason) {

    /** Checks the parts. */
    public RunControl {
        Objects.requireNonNull(action, "RunControl.action");
        Limits.range("RunControl.version", version, 0, Long.MAX_VALUE);
        Objects.requireNonNull(actor, "RunControl.actor");
        Limits.reason("RunControl.reason", reason);
    }

    /** Returns action, version, actor and escaped reason. */
    @Override
    public String toString() {
        return action.title() + " (version " + version + ") by " + actor + ": " + SafeText.escape(reason);
    }
}
