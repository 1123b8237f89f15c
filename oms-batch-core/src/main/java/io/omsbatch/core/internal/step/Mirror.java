package io.omsbatch.core.internal.step;

import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.task.SwitchoverDirection;
import java.util.Locale;

/** Says what is wrong in a switchover in the words of its direction. */
public final class Mirror {

    private Mirror() {}

    /**
     * Returns a problem.
     *
     * @param direction which way the switchover goes
     * @param code the code, whose remedy is mirrored too
     * @param forward what is wrong, in the words of the forward direction, with a {@code %s} for each value
     * @param values what is not mirrored
     * @return the problem
     */
    public static Problem problem(SwitchoverDirection direction, ProblemCode code, String forward, Object... values) {
        return new Problem(
                code.name(),
                String.format(Locale.ROOT, direction.mirror(forward), values),
                direction.mirror(code.remedy()),
                code.retryable());
    }
}
