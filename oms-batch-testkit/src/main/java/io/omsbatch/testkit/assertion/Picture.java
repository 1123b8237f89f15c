package io.omsbatch.testkit.assertion;

import java.util.Objects;
import java.util.function.Supplier;

/** What a failed assertion shows beside what was wrong. */
record Picture(String title, Supplier<String> rendered) {

    /** Fails unless something is as it was expected to be. */
    void require(boolean asExpected, Supplier<String> expectation) {
        if (!asExpected) {
            throw new AssertionError(expectation.get() + "\nThe whole " + title + ":\n" + rendered.get());
        }
    }

    static <T> T given(T value, String name) {
        return Objects.requireNonNull(value, name);
    }
}
