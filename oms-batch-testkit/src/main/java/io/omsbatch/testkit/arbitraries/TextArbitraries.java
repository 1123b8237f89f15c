package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.Limits;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * Random texts as callers and platforms send them.
 *
 * @since 0.1.0
 */
public final class TextArbitraries {

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
}
