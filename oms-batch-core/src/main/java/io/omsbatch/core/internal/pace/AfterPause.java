package io.omsbatch.core.internal.pace;

import io.omsbatch.api.engine.Environment;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an engine does after a pause, in a thread of the executor. Once its environment is shut down that is not done any more:
 * whoever hung in a journal meanwhile must not fail because of it.
 */
public final class AfterPause {

    private static final Logger LOG = LoggerFactory.getLogger(AfterPause.class);

    private AfterPause() {}

    /**
     * Does something after a pause.
     *
     * @param environment time and threads
     * @param pause after how long
     * @param task what to do; may block
     * @param undone what is not done any more if the environment is shut down, for the log
     */
    public static void run(Environment environment, Duration pause, Runnable task, String undone) {
        unlessShutDown(
                () -> environment.schedule(
                        pause, () -> unlessShutDown(() -> environment.executor().execute(task), undone)),
                undone);
    }

    private static void unlessShutDown(Runnable begin, String undone) {
        try {
            begin.run();
        } catch (RejectedExecutionException shutDown) {
            LOG.debug("{} any more: the environment was shut down", undone);
        }
    }
}
