package io.omsbatch.examples.postgres.control;

import io.omsbatch.examples.postgres.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command.
 *
 * @param taken whether it was taken
 * @param finished whether there is nothing left to do
 * @param problem why it was not taken
 */
public record Answer(
        boolean taken, boolean finished, @Nullable Problem problem) {

    static Answer taken(boolean finished) {
        return new Answer(true, finished, null);
    }

    static Answer refused(Problem problem) {
        return new Answer(false, false, problem);
    }
}
