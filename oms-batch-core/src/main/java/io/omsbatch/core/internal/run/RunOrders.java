package io.omsbatch.core.internal.run;

import io.omsbatch.api.operation.RunAction;
import io.omsbatch.core.internal.durable.Records;
import org.jspecify.annotations.Nullable;

/**
 * What operators ordered for a run as a whole, and its failure budget. Immutable.
 *
 * @param paused whether it begins nothing new
 * @param ending why it begins nothing new and ends, or null
 * @param why who ordered that it ends and why, or how the budget was spent; empty if it does not end
 * @param waves how far it is with its waves
 * @param version the last fact that changed the run as a whole; 0 before the first
 */
public record RunOrders(boolean paused, @Nullable Ending ending, String why, WaveMarks waves, long version) {

    static final RunOrders NONE = new RunOrders(false, null, "", new WaveMarks(1, 0, 0), 0);

    /**
     * How far the run is with its waves. A wave that stopped the run paused it in the same write, so that whoever finds it going on
     * knows that an operator accepted what stopped it.
     *
     * @param begun the last wave that began
     * @param spent the last wave of which too many tasks failed; 0 if none
     * @param unhealthy the last wave after which the health gate was not content; 0 if none
     */
    record WaveMarks(int begun, int spent, int unhealthy) {
        WaveMarks after(Records.WaveFact fact, int wave) {
            return switch (fact) {
                case BEGUN -> new WaveMarks(wave, spent, unhealthy);
                case SPENT -> new WaveMarks(begun, wave, unhealthy);
                case UNHEALTHY -> new WaveMarks(begun, spent, wave);
            };
        }
    }

    /** Why a run ends before all its tasks were begun. */
    enum Ending {
        /** An operator canceled it. */
        CANCELED,
        /** An operator canceled it, and leaves begun tasks where they stand. */
        CANCELED_LEAVING,
        /** An operator canceled it, and begun tasks are taken back. */
        CANCELED_UNDOING,
        /** An operator closed it while it was parked. */
        CLOSED,
        /** Too many tasks failed (RUN-7). In a switchover only tasks that had not begun end by that. */
        BUDGET_SPENT
    }

    /** Returns the orders after one more. */
    RunOrders after(RunAction action, String by, long at) {
        return switch (action) {
            case PAUSE -> new RunOrders(true, ending, why, waves, at);
            case RESUME -> new RunOrders(false, ending, why, waves, at);
            case CANCEL -> new RunOrders(false, Ending.CANCELED, by, waves, at);
            case CANCEL_LEAVING -> new RunOrders(false, Ending.CANCELED_LEAVING, by, waves, at);
            case CANCEL_UNDOING -> new RunOrders(false, Ending.CANCELED_UNDOING, by, waves, at);
            case CLOSE_AS_UNKNOWN -> new RunOrders(false, Ending.CLOSED, by, waves, at);
            case RELEASE_CLAIMS -> at(at);
        };
    }

    /** Returns the orders after the failure budget was spent. */
    RunOrders spent(String how, long at) {
        return new RunOrders(paused, Ending.BUDGET_SPENT, how, waves, at);
    }

    /** Returns the orders after a wave began or stopped the run; that a wave began does not outdate what an operator sees. */
    RunOrders after(Records.WaveFact fact, int wave) {
        return new RunOrders(paused, ending, why, waves.after(fact, wave), version);
    }

    /** Returns the same orders after the run changed as a whole in another way. */
    RunOrders at(long fact) {
        return new RunOrders(paused, ending, why, waves, fact);
    }

    /** Returns whether the run is to end. */
    boolean toEnd() {
        return ending != null;
    }

    /** Returns whether an operator decided that it ends. */
    boolean canceled() {
        return ending != null && ending != Ending.BUDGET_SPENT;
    }
}
