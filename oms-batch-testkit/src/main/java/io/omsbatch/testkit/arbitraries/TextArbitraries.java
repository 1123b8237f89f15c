package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.Limits;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * Random texts as callers and platforms send them.
 *
 * @since 0.1.0
 */
public final class TextArbitraries {

    private static final int MOST_DETAILS = 32;

    private TextArbitraries() {}

    /** Returns identifiers within their limit: mostly short, some at the limit, some with spaces, quotes or other scripts. */
    public static Arbitrary<String> ids() {
        Arbitrary<String> plain = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars('-', '.', '_')
                .ofMinLength(1)
                .ofMaxLength(12);
        Arbitrary<String> strange = Arbitraries.of(
                "订单-eu",
                "a b",
                "it's \"quoted\"",
                "../../etc/passwd",
                "<b>&amp;",
                "%s%n{}",
                "🚚",
                "x".repeat(Limits.ID_LENGTH));
        return Arbitraries.frequencyOf(Tuple.of(9, plain), Tuple.of(1, strange));
    }

    /** Returns names as a platform may send them: anything, also empty, huge, or full of escape codes. */
    public static Arbitrary<String> names() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, ids()),
                Tuple.of(2, Arbitraries.strings().ofMaxLength(40)),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                "",
                                "\u001b[31mred\u001b[0m",
                                "line one\r\nline two",
                                "\u0000",
                                "\u202egnp.exe",
                                "\ud800",
                                "n".repeat(Limits.NAME_LENGTH + 1),
                                "\u001b]0;title\u0007" + "y".repeat(5_000))));
    }

    /** Returns reasons as people type them: several lines, any script, up to their limit. */
    public static Arbitrary<String> reasons() {
        Arbitrary<String> plain = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars(' ', '.', ',')
                .ofMaxLength(30)
                .map(text -> "window " + text);
        Arbitrary<String> strange = Arbitraries.of(
                "line one\nline two\r\n\tline three",
                "\u202egnp.exe",
                "切换 🚚",
                "=cmd|' /C calc'!A0",
                "-",
                "r".repeat(Limits.REASON_LENGTH));
        return Arbitraries.frequencyOf(Tuple.of(8, plain), Tuple.of(2, strange));
    }

    /** Returns stable codes in capitals, up to their limit of 64. */
    public static Arbitrary<String> codes() {
        Arbitrary<String> plain = Arbitraries.strings()
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars('_')
                .ofMaxLength(12)
                .map(text -> "C" + text);
        return Arbitraries.frequencyOf(
                Tuple.of(9, plain), Tuple.of(1, Arbitraries.of("C", "WRONG_STATUS", "C".repeat(64))));
    }

    /** Returns hashes of an audit chain; mostly one, else none. */
    public static Arbitrary<String> hashes() {
        Arbitrary<String> hash =
                Arbitraries.strings().withCharRange('a', 'f').numeric().ofLength(64);
        return Arbitraries.frequencyOf(Tuple.of(2, hash), Tuple.of(1, Arbitraries.just("")));
    }

    /** Returns details of a fact or a command: none, some with any text, or as many as there may be. */
    public static Arbitrary<Map<String, String>> details() {
        Map<String, String> most = new HashMap<>();
        for (int i = 0; i < MOST_DETAILS; i++) {
            most.put("key-" + i, "value");
        }
        return Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.maps(ids(), names()).ofMaxSize(4)),
                Tuple.of(1, Arbitraries.of(Map.of(), Map.of("", ""), Map.copyOf(most))));
    }
}
