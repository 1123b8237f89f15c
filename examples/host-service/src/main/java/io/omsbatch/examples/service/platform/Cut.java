package io.omsbatch.examples.service.platform;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cutover of a job. Immutable.
 *
 * @param step the step at which the job stands
 * @param state how that step is
 * @param due when the step is over, if it is under way
 * @param links what the steps have done so far
 */
public record Cut(
        CutStep step, CutStep.State state, @Nullable Instant due, Links links) {

    /**
     * What the steps have done so far. Positions are times of the platform's clock.
     *
     * @param logStart from where the target's changes are kept, or null if they are not
     * @param stopPoint up to where the source was written, or null before that was asked
     * @param followedUntil when following the source was stopped, or null if it was not
     * @param back whether the source follows the target
     */
    public record Links(
            @Nullable Instant logStart,
            @Nullable Instant stopPoint,
            @Nullable Instant followedUntil,
            boolean back) {

        /** Returns that nothing was done yet. */
        static Links untouched() {
            return new Links(null, null, null, false);
        }
    }

    /** Returns a cutover of which no step was done. */
    static Cut entered() {
        return new Cut(CutStep.BEGIN, CutStep.State.WAITING, null, Links.untouched());
    }

    /** Returns whether a step is over. */
    boolean isOver(CutStep asked) {
        return asked.compareTo(step) < 0 || (asked == step && state == CutStep.State.DONE);
    }

    /** Returns whether a step can be run now. */
    boolean isNext(CutStep asked) {
        if (asked == step) {
            return state == CutStep.State.WAITING || state == CutStep.State.FAILED;
        }
        List<CutStep> order = Arrays.asList(CutStep.values());
        return state == CutStep.State.DONE && order.indexOf(asked) == order.indexOf(step) + 1;
    }

    Cut at(CutStep value, CutStep.State how) {
        return new Cut(value, how, null, links);
    }

    Cut running(CutStep value, Instant until) {
        return new Cut(value, CutStep.State.RUNNING, until, links);
    }

    Cut with(Links value) {
        return new Cut(step, state, due, value);
    }
}
