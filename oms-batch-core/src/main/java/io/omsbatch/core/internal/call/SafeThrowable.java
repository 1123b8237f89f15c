package io.omsbatch.core.internal.call;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import java.io.Serial;

/** A foreign throwable made safe for a log: its type, its escaped message and where it came from, and nothing else. */
public final class SafeThrowable extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

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
        return new SafeThrowable(describe(thrown), thrown.getStackTrace());
    }

    /**
     * Describes a throwable that may be hostile: its message may be anything, or asking for it may throw.
     *
     * @param thrown what was thrown
     * @return its type and message, escaped and shortened
     */
    public static String describe(Throwable thrown) {
        String type = thrown.getClass().getName();
        try {
            String message = thrown.getMessage();
            return message == null
                    ? type
                    : type + ": " + SafeText.escape(SafeText.shorten(message, Limits.MESSAGE_LENGTH / 2));
        } catch (RuntimeException hostile) {
            return type + " (whose message cannot be read)";
        }
    }
}
