package io.omsbatch.testkit.check;

/** Fails a check. */
final class Breach {

    private Breach() {}

    static void unless(boolean kept, String promise, RunHistory history, String broken) {
        if (!kept) {
            throw of(promise, history, broken);
        }
    }

    static AssertionError of(String promise, RunHistory history, String broken) {
        return new AssertionError(promise + " is broken: " + broken + "\n" + history.print());
    }
}
