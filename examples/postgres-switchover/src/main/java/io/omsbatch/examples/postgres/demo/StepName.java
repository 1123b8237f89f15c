package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.task.SwitchoverStep;
import java.util.Iterator;
import java.util.Locale;

/** The steps of the switchover as they are written on the command line. */
public final class StepName {

    private StepName() {}

    /** The names of all steps, in order. */
    public static final class All implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return SwitchoverStep.inOrder().stream().map(StepName::of).iterator();
        }
    }

    /**
     * Reads the name of a step.
     *
     * @param option where it was written
     * @param text the name
     * @throws IllegalArgumentException if there is no such step
     */
    public static SwitchoverStep step(String option, String text) {
        return SwitchoverStep.inOrder().stream()
                .filter(step -> of(step).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        option + " names '" + text + "'; it must be one of " + String.join(", ", new All())));
    }

    static String of(SwitchoverStep step) {
        return step.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
