package io.omsbatch.core.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.Position;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

@Label("The values that safety rests on hold at their limits")
class ValueProperties {

    private static final List<String> NASTY = List.of(
            "a",
            "\u00e9",
            "\ud83d\ude80",
            "\u001b[31m",
            "\r\n",
            "\u0000",
            "\u009b",
            "\u202e",
            "\u2066",
            "\u200b",
            "\u2028",
            "\ufeff",
            "\ud800",
            "\udc00",
            "\udb40\udc41");

    private static final long DAYS = Duration.ofDays(365_000).toMillis();

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(400),
                Arbitraries.of(NASTY).list().map(pieces -> String.join("", pieces)));
    }

    @Provide
    Arbitrary<Instant> times() {
        Instant recent = Instant.parse("2026-01-01T00:00:00Z");
        return Arbitraries.oneOf(
                Arbitraries.of(Instant.MIN, Instant.EPOCH, Instant.MAX),
                Arbitraries.longs().between(-200_000, 200_000).map(recent::plusSeconds));
    }

    @Provide
    Arbitrary<Position> positions() {
        return Arbitraries.longs().map(Position::of);
    }

    @Provide
    Arbitrary<Duration> lags() {
        return Arbitraries.longs().between(-DAYS, DAYS).map(Duration::ofMillis);
    }

    @Example
    @Label("no code point that steers a terminal or breaks a line survives escaping (SEC-2)")
    void escapesEveryCodePoint() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String raw = Character.toString(point);
            String escaped = SafeText.escape(raw);
            if (steers(point)) {
                assertThat(escaped).isEqualTo("\\u{" + Integer.toHexString(point) + "}");
            } else if (Character.isLetterOrDigit(point)) {
                assertThat(escaped).isSameAs(raw);
            }
        }
    }

    @Property
    @Label("escaped text is safe, and escaping it again changes nothing (SEC-2)")
    void escapeIsIdempotent(@ForAll("texts") String text) {
        String escaped = SafeText.escape(text);
        assertThat(escaped.codePoints().noneMatch(ValueProperties::steers)).isTrue();
        assertThat(SafeText.escape(escaped)).isSameAs(escaped);
        if (text.codePoints().allMatch(Character::isLetterOrDigit)) {
            assertThat(escaped).isSameAs(text);
        }
    }

    @Property
    @Label("shortened text begins like the text, and no character is cut in half")
    void shortenKeepsTheBeginning(@ForAll("texts") String text, @ForAll @IntRange(min = 32, max = 300) int most) {
        String shortened = SafeText.shorten(text, most);
        assertThat(shortened).hasSizeLessThanOrEqualTo(most);
        assertThat(SafeText.shorten(shortened, most)).isSameAs(shortened);
        if (text.length() <= most) {
            assertThat(shortened).isSameAs(text);
        } else {
            int kept = shortened.lastIndexOf("… (");
            assertThat(kept).isBetween(most - 20, most - 19);
            assertThat(text).startsWith(shortened.substring(0, kept));
            assertThat(shortened).endsWith("… (" + (text.length() - kept) + " more)");
            assertThat(kept > 0 && Character.isSurrogatePair(text.charAt(kept - 1), text.charAt(kept)))
                    .isFalse();
        }
    }

    @Property
    @Label("text escaped within a limit keeps to it, is safe, and to escape it again changes nothing (SEC-2)")
    void escapeWithin(@ForAll("texts") String text, @ForAll @IntRange(min = 32, max = 300) int most) {
        String shown = SafeText.escape(text, most);
        assertThat(shown).hasSizeLessThanOrEqualTo(most);
        assertThat(shown.codePoints().noneMatch(ValueProperties::steers)).isTrue();
        assertThat(SafeText.escape(shown, most)).isSameAs(shown);
        String whole = SafeText.escape(text);
        assertThat(shown)
                .satisfiesAnyOf(
                        all -> assertThat(all).isEqualTo(whole),
                        cut -> assertThat(whole).startsWith(cut.substring(0, cut.lastIndexOf("… ("))));
    }

    @Property
    @Label("a position is reached when it is beyond the stop by the granularity, whatever the numbers (SW-4)")
    void reached(
            @ForAll("positions") Position position,
            @ForAll("positions") Position stop,
            @ForAll @LongRange(min = 0) long granularity) {
        BigInteger needed = BigInteger.valueOf(stop.value()).add(BigInteger.valueOf(granularity));
        assertThat(position.reached(stop, granularity))
                .isEqualTo(BigInteger.valueOf(position.value()).compareTo(needed) >= 0);
    }

    @Property
    @Label("a position reaches itself exactly when positions are exact (SW-4)")
    void reachesItself(@ForAll("positions") Position position, @ForAll @LongRange(min = 1) long granularity) {
        assertThat(position.reached(position, 0)).isTrue();
        assertThat(position.reached(position, granularity)).isFalse();
    }

    @Property
    @Label("only a lag that is not negative and was sampled recently is known (SW-10)")
    void lagIsKnownOrSkewed(
            @ForAll("lags") Duration raw,
            @ForAll("times") Instant sampled,
            @ForAll("times") Instant now,
            @ForAll @LongRange(min = 0, max = 100_000) long maximumAge) {
        boolean recent = Duration.between(sampled, now).abs().compareTo(Duration.ofSeconds(maximumAge)) <= 0;
        Lag lag = Lag.of(raw, sampled, now, Duration.ofSeconds(maximumAge));
        if (recent && !raw.isNegative()) {
            assertThat(lag).isEqualTo(new Lag.Known(raw));
        } else {
            assertThat(lag).isInstanceOf(Lag.Skewed.class);
        }
        assertThat(lag.toString()).isEqualTo(SafeText.escape(lag.toString()));
    }

    /** Controls, separators, bidirectional and other invisible characters, halves of characters; by their numbers. */
    private static boolean steers(int point) {
        return point < 0x20
                || (point >= 0x7f && point <= 0x9f)
                || point == 0xad
                || point == 0x61c
                || (point >= 0x200b && point <= 0x200f)
                || (point >= 0x2028 && point <= 0x202e)
                || (point >= 0x2060 && point <= 0x2064)
                || (point >= 0x2066 && point <= 0x206f)
                || point == 0xfeff
                || (point >= 0xd800 && point <= 0xdfff)
                || (point >= 0xfff9 && point <= 0xfffb)
                || point == 0xe0001
                || (point >= 0xe0020 && point <= 0xe007f);
    }
}
