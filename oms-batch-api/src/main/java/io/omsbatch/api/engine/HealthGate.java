package io.omsbatch.api.engine;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.TaskResult;
import java.util.List;
import java.util.Objects;

/**
 * Decides whether a run in waves may go on to its next wave, by whatever the host can see: error rates, replication lag, a test of
 * the migrated databases. It is asked on a thread of the environment, in a call slot and with the timeout of a gateway call, again
 * every few seconds while it says {@link State#NOT_YET}, and after a takeover of the run. Must be thread-safe and change nothing.
 * One that throws or does not answer in time counts as not yet content.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HealthGate {

    /** What the gate finds. */
    enum State {
        /** The next wave may begin. */
        HEALTHY,
        /** Ask again. */
        NOT_YET,
        /** The run is paused. */
        UNHEALTHY
    }

    /**
     * What the gate is asked.
     *
     * @param runId the run
     * @param request what was asked for
     * @param wave the number of the wave that is over, from 1
     * @param waves how many waves there are
     * @param ended the results of the tasks of that wave
     */
    record Question(String runId, BatchRequest request, int wave, int waves, List<TaskResult> ended) {
        /** Copies the results. */
        public Question {
            Limits.id("Question.runId", runId);
            Objects.requireNonNull(request, "Question.request");
            ended = List.copyOf(Objects.requireNonNull(ended, "Question.ended"));
        }
    }

    /**
     * What the gate answers.
     *
     * @param state what it finds
     * @param why what an operator reads of it, shortened and escaped where it is shown; may be empty
     */
    record Health(State state, String why) {
        /** Checks that the parts are there. */
        public Health {
            Objects.requireNonNull(state, "Health.state");
            Objects.requireNonNull(why, "Health.why");
        }

        /** Returns the answer that the next wave may begin. */
        public static Health healthy() {
            return new Health(State.HEALTHY, "");
        }

        /**
         * Returns the answer to ask again.
         *
         * @param why what is waited for
         * @return the answer
         */
        public static Health notYet(String why) {
            return new Health(State.NOT_YET, why);
        }

        /**
         * Returns the answer to pause the run.
         *
         * @param why what is wrong
         * @return the answer
         */
        public static Health unhealthy(String why) {
            return new Health(State.UNHEALTHY, why);
        }

        /** Returns state and reason, escaped. */
        @Override
        public String toString() {
            return state + (why.isEmpty() ? "" : ": " + SafeText.escape(why));
        }
    }

    /**
     * Decides.
     *
     * @param question which wave of which run is over, and how it went
     * @return what the gate finds
     */
    Health judge(Question question);
}
