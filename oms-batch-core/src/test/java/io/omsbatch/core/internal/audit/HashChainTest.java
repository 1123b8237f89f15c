package io.omsbatch.core.internal.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The hash chain")
class HashChainTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:20:30.123456789Z");

    private static String hex(CanonicalRow row) {
        byte[] bytes = new byte[row.bytes().remaining()];
        row.bytes().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    @DisplayName("SEC-4: is over bytes that never change: the version, then each value with its type and length")
    void canonicalBytes() {
        assertThat(hex(new CanonicalRow())).isEqualTo("01");
        assertThat(hex(new CanonicalRow()
                        .text("ä")
                        .text("")
                        .number(258L)
                        .time(AT)
                        .missing()))
                .isEqualTo("01" + "54" + "00000002" + "c3a4" + "54" + "00000000" + "4e" + "0000000000000102" + "49"
                        + "00064bf3d1d9f9c0" + "2d");
        assertThat(hex(new CanonicalRow().text(null).number(null))).isEqualTo("012d2d");
        assertThat(hex(new CanonicalRow().time(Instant.parse("1969-12-31T23:59:59.999999Z"))))
                .isEqualTo("0149" + "ffffffffffffffff");
    }

    @Test
    @DisplayName("SEC-4: makes the hashes that any SHA-256 and HMAC-SHA-256 make of those bytes")
    void knownHashes() {
        CanonicalRow row = new CanonicalRow().text("run").number(1L);
        assertThat(new HashChain(null).link("", row))
                .isEqualTo("525644d8965c2429f7f1d3b7cf125b0c7db9d5eb1373011e1e9a02876a4427e8");
        assertThat(new HashChain("key".getBytes(UTF_8)).link("", row))
                .isEqualTo("8fa8fc69b60fcd5d41c4ebbbd6bf4879009cd910de00dfdaccd649b6b80eadf7");
    }

    @Test
    @DisplayName("SEC-4: no two rows have the same bytes: where a value ends is never open, nor of which type it is")
    void injective() {
        List<CanonicalRow> rows = List.of(
                new CanonicalRow(),
                new CanonicalRow().missing(),
                new CanonicalRow().text(""),
                new CanonicalRow().text("ab").text("c"),
                new CanonicalRow().text("a").text("bc"),
                new CanonicalRow().text("abc"),
                new CanonicalRow().text("abc").text(""),
                new CanonicalRow().text("abc").missing(),
                new CanonicalRow().text("-"),
                new CanonicalRow().number(0L),
                new CanonicalRow().time(Instant.EPOCH),
                new CanonicalRow().text("\0\0\0\0\0\0\0\0"),
                new CanonicalRow().text("x".repeat(10_000)),
                new CanonicalRow().text("x".repeat(10_001)));
        Set<String> bytes = new HashSet<>();
        rows.forEach(row -> bytes.add(hex(row)));
        assertThat(bytes).hasSize(rows.size());
    }

    @Test
    @DisplayName("SEC-4: two rows taken in one after the other are not one row of both, and their order counts")
    void rowsApart() {
        HashChain chain = new HashChain(null);
        CanonicalRow a = new CanonicalRow().text("a");
        CanonicalRow b = new CanonicalRow().text("b");
        chain.add(a);
        chain.add(b);
        String both = chain.hash();
        chain.add(b);
        chain.add(a);
        String swapped = chain.hash();
        chain.add(a);
        String one = chain.hash();
        chain.add(new CanonicalRow().text("a").text("b"));
        assertThat(Set.of(both, swapped, one, chain.hash())).hasSize(4);
        assertThat(chain.link("a", b)).as("begins anew after each hash").isEqualTo(new HashChain(null).link("a", b));
    }
}
