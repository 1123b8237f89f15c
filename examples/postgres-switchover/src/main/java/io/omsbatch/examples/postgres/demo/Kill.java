package io.omsbatch.examples.postgres.demo;

import io.omsbatch.examples.postgres.problem.Waiting;
import java.io.IOException;
import java.time.Duration;

/** How a process kills itself. */
public final class Kill {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Kill() {}

    /** Ends this process by SIGKILL: no hook runs, nothing is flushed, nobody is told. */
    static void thisProcess() {
        try {
            new ProcessBuilder("kill", "-KILL", "" + ProcessHandle.current().pid())
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("this machine has no command kill", e);
        }
        Waiting.rest(LONGEST);
        throw new IllegalStateException("this process is still alive after kill -KILL");
    }
}
