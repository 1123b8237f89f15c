package io.omsbatch.core.internal.call;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import java.io.Serial;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A foreign throwable made safe for a log: its type, its escaped message and where it came from, and nothing else. Asking a
 * hostile throwable never fails.
 */
public final class SafeThrowable extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MOST_FRAMES = 50;

    private SafeThrowable(String description, StackTraceElement[] origin) {
        super(description, null, false, true);
        setStackTrace(origin);
    }

    /**
     * Wraps a throwable for logging.
     *
     * @param thrown what was thrown
     * @return what may be logged
     */
    public static SafeThrowable of(Throwable thrown) {
        return new SafeThrowable(describe(thrown), origin(thrown));
    }

    /**
     * Describes a throwable that may be hostile: its message may be anything, or asking for it may throw.
     *
     * @param thrown what was thrown
     * @return its type and message, escaped and shortened
     */
    public static String describe(Throwable thrown) {
        String type = SafeText.escape(thrown.getClass().getName());
        try {
            String message = thrown.getMessage();
            return message == null ? type : type + ": " + SafeText.escape(message, Limits.MESSAGE_LENGTH / 2);
        } catch (Throwable hostile) { // code of another language may throw checked exceptions, too
            return type + " (whose message cannot be read)";
        }
    }

    /** The frames of a throwable that came over a wire hold whatever was sent. */
    private static StackTraceElement[] origin(Throwable thrown) {
        try {
            return Arrays.stream(thrown.getStackTrace())
                    .filter(Objects::nonNull)
                    .limit(MOST_FRAMES)
                    .map(frame -> new StackTraceElement(
                            name(frame.getClassName()),
                            name(frame.getMethodName()),
                            frame.getFileName() == null ? null : name(frame.getFileName()),
                            frame.getLineNumber()))
                    .toArray(StackTraceElement[]::new);
        } catch (Throwable hostile) { // code of another language may throw checked exceptions, too
            return new StackTraceElement[0];
        }
    }

    private static String name(@Nullable String text) {
        return text == null ? "?" : SafeText.escape(text, Limits.ID_LENGTH);
    }
}
