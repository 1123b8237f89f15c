package io.omsbatch.testkit.check;

import java.util.function.Supplier;

/** Fails a check. */
final class Breach {

    private Breach() {}

    /** What is broken is put into words only if it is: most checks are kept, hundreds of times for each history. */
    static void unless(boolean kept, String promise, RunHistory history, Supplier<String> broken) {
        if (!kept) {
            throw of(promise, history, broken.get());
        }
    }

    static AssertionError of(String promise, RunHistory history, String broken) {
        return new AssertionError(promise + " is broken: " + broken + "\n" + history.print());
    }
}
