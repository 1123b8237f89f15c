package io.omsbatch.api;

import java.util.Objects;

/**
 * Makes foreign text safe to show (SEC-2): whatever a platform or a caller sends passes through here before it reaches a
 * log line, a message or a terminal.
 *
 * @since 0.1.0
 */
public final class SafeText {

    /** Leaves some text beside what says how much is missing. */
    private static final int SHORTEST = 32;

    /** What says how much is missing takes no more, even for the longest text there can be. */
    private static final int ROOM = "… (2147483647 more)".length();

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
     * Escapes text and shortens it, so that the result has at most a number of characters. To do so again changes nothing.
     *
     * @param text the foreign text
     * @param most the longest result, in characters, at least 32
     * @return the escaped text itself, or its beginning followed by {@code … (N more)}, N counting characters of the given text
     * @throws InvalidInputException if {@code most} is less
     */
    public static String escape(String text, int most) {
        Objects.requireNonNull(text, "text");
        Limits.range("most", most, SHORTEST, Integer.MAX_VALUE);
        String within = text.length() <= most ? text : text.substring(0, most);
        String escaped = escape(within);
        if (escaped.length() <= most && within.length() == text.length()) {
            return escaped;
        }
        int end = 0;
        int length = 0;
        while (length <= most - ROOM && end < within.length()) {
            int point = within.codePointAt(end);
            length += escape(Character.toString(point)).length();
            end += length <= most - ROOM ? Character.charCount(point) : 0;
        }
        return escape(text.substring(0, end)) + missing(text.length() - end);
    }

    /**
     * Shortens text so that the result has at most a number of characters, never inside a surrogate pair. To do so again changes
     * nothing.
     *
     * @param text the text
     * @param most the longest result, in characters, at least 32
     * @return the text itself, or its beginning followed by {@code … (N more)}
     * @throws InvalidInputException if {@code most} is less
     */
    public static String shorten(String text, int most) {
        Objects.requireNonNull(text, "text");
        Limits.range("most", most, SHORTEST, Integer.MAX_VALUE);
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - ROOM - 1)) ? most - ROOM - 1 : most - ROOM;
        return text.substring(0, end) + missing(text.length() - end);
    }

    private static String missing(int characters) {
        return "… (" + characters + " more)";
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
