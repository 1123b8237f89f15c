package io.omsbatch.testkit.fake;

import io.omsbatch.api.outcome.Problem;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a command does to a simulated task once it has arrived. */
interface Work {

    /** Notes that the command has arrived. */
    default void ordered(FakeTask task, Instant at) {}

    /** Returns why the platform refuses, or null if it does not. */
    @Nullable
    Problem refusal(FakeTask task);

    /** Returns whether there is nothing left to do, so that the command is answered without an effect. */
    boolean needless(FakeTask task);

    /** Notes that the command is taken; its effect comes now or later. */
    default void taken(FakeTask task, Instant at) {}

    /** Returns how long after the command was taken the task begins to change. */
    Duration delay();

    /**
     * Changes the task.
     *
     * @param fails whether the work is to be taken up and to fail
     * @return whether it is finished; if not, it goes on with time
     */
    boolean apply(FakeTask task, Instant at, boolean fails);
}
