package io.omsbatch.core.internal.run;

import io.omsbatch.api.operation.RunAction;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What operators ordered for a run as a whole. Immutable.
 *
 * @param paused whether it begins nothing new
 * @param ending by which order it begins nothing new and ends, or null
 * @param why who ordered that it ends, and why; empty if nobody did
 * @param version the last fact that changed the run as a whole; 0 before the first
 */
public record RunOrders(boolean paused, @Nullable RunAction ending, String why, long version) {

    static final RunOrders NONE = new RunOrders(false, null, "", 0);

    private static final Set<RunAction> ENDINGS =
            EnumSet.of(RunAction.CANCEL, RunAction.CANCEL_LEAVING, RunAction.CLOSE_AS_UNKNOWN);

    /** Returns the orders after one more. */
    RunOrders after(RunAction action, String by, long at) {
        if (ENDINGS.contains(action)) {
            return new RunOrders(false, action, by, at);
        }
        return switch (action) {
            case PAUSE -> new RunOrders(true, ending, why, at);
            case RESUME -> new RunOrders(false, ending, why, at);
            default -> at(at);
        };
    }

    /** Returns the same orders after the run changed as a whole in another way. */
    RunOrders at(long fact) {
        return new RunOrders(paused, ending, why, fact);
    }

    /** Returns whether the run is to end. */
    boolean toEnd() {
        return ending != null;
    }
}
