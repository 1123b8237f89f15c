package io.omsbatch.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SEC-2: A foreign throwable in a log")
class SafeThrowableTest {

    private static final String EVIL = "line\n2026-01-01 INFO forged \u001b[31m\u202e";

    @Test
    @DisplayName("shows its type and its message, escaped")
    void message() {
        assertThat(SafeThrowable.describe(new IOException(EVIL)))
                .isEqualTo("java.io.IOException: line\\u{a}2026-01-01 INFO forged \\u{1b}[31m\\u{202e}");
        assertThat(SafeThrowable.describe(new IOException())).isEqualTo("java.io.IOException");
    }

    @Test
    @DisplayName("is short, however long its message is")
    void longMessage() {
        assertThat(SafeThrowable.describe(new IOException("x".repeat(1_000_000))))
                .hasSizeLessThan(1_200)
                .endsWith("… (999019 more)");
    }

    @Test
    @DisplayName("does no harm when its methods throw, return null, or hold what came over a wire")
    void hostile() {
        for (RuntimeException failure : new RuntimeException[] {new IllegalStateException(), null}) {
            Throwable hostile = new Throwable() {
                @Override
                public String getMessage() {
                    if (failure == null) {
                        throw new StackOverflowError();
                    }
                    throw failure;
                }

                @Override
                public StackTraceElement[] getStackTrace() {
                    if (failure == null) {
                        return null;
                    }
                    throw new StackOverflowError();
                }

                @Override
                public String toString() {
                    throw new AssertionError();
                }
            };
            assertThat(SafeThrowable.of(hostile))
                    .hasMessageEndingWith("(whose message cannot be read)")
                    .satisfies(safe -> assertThat(safe.getStackTrace()).isEmpty());
        }
        Throwable sent = new Throwable("sent");
        StackTraceElement[] frames = new StackTraceElement[5_000];
        Arrays.fill(frames, new StackTraceElement(EVIL, EVIL, EVIL, 1));
        sent.setStackTrace(frames);
        StringWriter printed = new StringWriter();
        SafeThrowable.of(sent).printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString()).doesNotContain("\u001b", "\n2026");
        assertThat(printed.toString().lines()).hasSizeLessThan(120);
    }

    @Test
    @DisplayName("shows neither its cause nor what it suppressed")
    void nothingElse() {
        IOException thrown = new IOException("outer", new IOException("password=secret"));
        thrown.addSuppressed(new IOException("password=secret"));
        StringWriter printed = new StringWriter();
        SafeThrowable.of(thrown).printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString()).contains("outer", "SafeThrowableTest").doesNotContain("secret");
    }
}
