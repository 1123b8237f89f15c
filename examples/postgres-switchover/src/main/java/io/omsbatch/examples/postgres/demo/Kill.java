package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.examples.postgres.problem.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;

/** Where a process kills itself, as it is written on the command line, and how. */
public final class Kill {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Kill() {}

    /** The names of all steps, in order. */
    public static final class Steps implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return SwitchoverStep.inOrder().stream().map(Kill::option).iterator();
        }
    }

    /** Reads the name of a step. */
    public static SwitchoverStep step(String text) {
        return SwitchoverStep.inOrder().stream()
                .filter(step -> option(step).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--kill-at names '" + text + "'; it must be one of " + String.join(", ", new Steps())));
    }

    static String option(SwitchoverStep step) {
        return step.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

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
