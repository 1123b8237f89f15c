package io.omsbatch.api.outcome;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What went wrong with one task and what to do about it. Every text is made safe to show and shortened when it is taken
 * in, so that a platform's message can be anything. Immutable.
 *
 * @param code a stable code: the platform's own, or one of {@link ProblemCode}; characters other than letters, digits and
 *     {@code _ . : -} become {@code _}, and an empty code becomes UNSPECIFIED
 * @param message what happened
 * @param remedy what to do about it; empty if nobody knows
 * @param retryable whether trying again later may help without repairing anything
 * @since 0.1.0
 */
public record Problem(String code, String message, String remedy, boolean retryable) {

    private static final int CODE_LENGTH = 100;
    private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9_.:-]");

    /** Makes the texts safe to show. */
    public Problem {
        code = codeOf(code);
        message = clean("Problem.message", message, Limits.MESSAGE_LENGTH);
        remedy = clean("Problem.remedy", remedy, Limits.MESSAGE_LENGTH);
    }

    /**
     * Returns a problem of this library.
     *
     * @param code which one
     * @param message what happened, with the values
     * @return the problem with the code's remedy
     */
    public static Problem of(ProblemCode code, String message) {
        Objects.requireNonNull(code, "Problem.code");
        return new Problem(code.name(), message, code.remedy(), code.retryable());
    }

    /** Returns {@code CODE: message (remedy)}. */
    @Override
    public String toString() {
        return code + ": " + message + (remedy.isEmpty() ? "" : " (" + remedy + ")");
    }

    private static String codeOf(String text) {
        String code = UNFIT.matcher(SafeText.shorten(Objects.requireNonNull(text, "Problem.code"), CODE_LENGTH))
                .replaceAll("_");
        return code.isEmpty() ? "UNSPECIFIED" : code;
    }

    private static String clean(String field, String text, int most) {
        return SafeText.escape(Objects.requireNonNull(text, field), most);
    }
}
