package io.omsbatch.core.internal.sql;

import java.util.Map;
import java.util.TreeMap;

/**
 * Text as every database keeps it, still readable: flat values as sorted lines {@code name=value}, and nothing in it that some
 * database refuses (NUL, lone surrogates) or forgets (a space at the end of an identifier).
 */
public final class FlatText {

    private FlatText() {}

    /** Writes an identifier so that no database takes two for one; only a space or backslash at its end changes it. */
    public static String id(String id) {
        char last = id.charAt(id.length() - 1);
        return last == ' ' || last == '\\' ? id + "\\" : id;
    }

    /** Reads what {@link #id} wrote. */
    public static String readId(String written) {
        return written.endsWith("\\") ? written.substring(0, written.length() - 1) : written;
    }

    /** Writes text. */
    public static String text(String text) {
        StringBuilder written = new StringBuilder(text.length() + 8);
        write(text, false, written);
        return written.toString();
    }

    /** Writes values. */
    public static String values(Map<String, String> values) {
        StringBuilder written = new StringBuilder();
        new TreeMap<>(values).forEach((name, value) -> {
            if (!written.isEmpty()) {
                written.append('\n');
            }
            write(name, true, written);
            written.append('=');
            write(value, false, written);
        });
        return written.toString();
    }

    private static void write(String text, boolean name, StringBuilder written) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                written.append("\\\\");
            } else if (c == '\n') {
                written.append("\\n");
            } else if (c == 0) {
                written.append("\\0");
            } else if (c == '=' && name) {
                written.append("\\e");
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                written.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                written.append(String.format("\\u%04x", (int) c));
            } else {
                written.append(c);
            }
        }
    }

    /**
     * Reads what {@link #values} wrote.
     *
     * @throws IllegalArgumentException if it was not written so
     */
    public static Map<String, String> readValues(String written) {
        Map<String, String> values = new TreeMap<>();
        if (!written.isEmpty()) {
            for (String line : written.split("\n", -1)) {
                int equals = line.indexOf('=');
                if (equals < 0) {
                    throw new IllegalArgumentException("no name=value in \"" + line + "\"");
                }
                values.put(readText(line.substring(0, equals)), readText(line.substring(equals + 1)));
            }
        }
        return values;
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it was not written so
     */
    public static String readText(String written) {
        if (written.indexOf('\\') < 0) {
            return written;
        }
        StringBuilder text = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char next = ++i < written.length() ? written.charAt(i) : ' ';
            switch (next) {
                case '\\' -> text.append('\\');
                case 'n' -> text.append('\n');
                case '0' -> text.append('\0');
                case 'e' -> text.append('=');
                case 'u' -> {
                    if (i + 4 >= written.length()) {
                        throw new IllegalArgumentException("broken escape in \"" + written + "\"");
                    }
                    text.append((char) Integer.parseInt(written.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> throw new IllegalArgumentException("unknown escape in \"" + written + "\"");
            }
        }
        return text.toString();
    }
}
