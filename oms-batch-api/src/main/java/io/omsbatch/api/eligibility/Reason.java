package io.omsbatch.api.eligibility;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Why a task is not eligible. Immutable.
 *
 * @param code a stable code for programs, upper case letters, digits and underscores; the documented ones are in
 *     {@link DenialCode}
 * @param text a sentence for people with the actual values, escaped; shortened beyond 2 000 characters
 * @since 0.1.0
 */
public record Reason(String code, String text) {

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

    /**
     * Checks the code and makes the text safe to show.
     *
     * @throws InvalidInputException if the code is not of its form
     */
    public Reason {
        Objects.requireNonNull(code, "Reason.code");
        if (!CODE.matcher(code).matches()) {
            throw new InvalidInputException(
                    "Reason.code", "is \"" + SafeText.escape(code, 64) + "\"; use 1 to 64 of A-Z, 0-9 and _");
        }
        text = SafeText.escape(Objects.requireNonNull(text, "Reason.text"), Limits.MESSAGE_LENGTH);
    }

    /** Returns {@code CODE: text}. */
    @Override
    public String toString() {
        return code + ": " + text;
    }
}
