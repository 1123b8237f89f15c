package io.omsbatch.api;

import java.util.Objects;

/**
 * Makes foreign text safe to show (SEC-2): whatever a platform or a caller sends passes through here before it reaches a
 * log line, a message or a terminal.
 *
 * @since 0.1.0
 */
public final class SafeText {

    private SafeText() {}

    /**
     * Escapes everything that could break out of a line or steer a terminal: control characters, line and paragraph
     * separators, bidirectional and other invisible format characters, and lone surrogates. Each becomes
     * <code>&#92;u{HEX}</code>; all other text is returned as it is.
     *
     * @param text the foreign text
     * @return the same text with nothing dangerous left
     */
    public static String escape(String text) {
        Objects.requireNonNull(text, "text");
        int safe = 0;
        while (safe < text.length()) {
            int point = text.codePointAt(safe);
            if (dangerous(point)) {
                break;
            }
            safe += Character.charCount(point);
        }
        if (safe == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, safe);
        text.substring(safe).codePoints().forEach(point -> {
            if (dangerous(point)) {
                escaped.append("\\u{").append(Integer.toHexString(point)).append('}');
            } else {
                escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }

    /**
     * Shortens text to a number of characters, never inside a surrogate pair, and says how much is missing.
     *
     * @param text the text
     * @param most the longest result's share of the text, in characters, at least 1
     * @return the text itself, or its beginning followed by {@code … (N more)}
     */
    public static String shorten(String text, int most) {
        Objects.requireNonNull(text, "text");
        if (text.length() <= most) {
            return text;
        }
        Limits.range("most", most, 1, Integer.MAX_VALUE);
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "… (" + (text.length() - end) + " more)";
    }

    static boolean dangerous(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
