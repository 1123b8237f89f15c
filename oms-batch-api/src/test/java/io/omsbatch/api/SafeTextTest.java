package io.omsbatch.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SEC-2: Foreign text")
class SafeTextTest {

    @Test
    @DisplayName("is shown as it is when nothing in it is dangerous, in any script")
    void harmless() {
        for (String text : new String[] {"", "orders-eu", "迁移任务 1", "naïve “quotes” ‹›", "😀 emoji", "a\\u{1b}b"}) {
            assertThat(SafeText.escape(text)).isSameAs(text);
        }
    }

    @Test
    @DisplayName("has control characters, line separators, bidirectional and invisible characters escaped")
    void dangerous() {
        assertThat(SafeText.escape("a\u001b[31mb\r\n\tc\u0000\u0085\u007f"))
                .isEqualTo("a\\u{1b}[31mb\\u{d}\\u{a}\\u{9}c\\u{0}\\u{85}\\u{7f}");
        assertThat(SafeText.escape("\u2028\u2029")).isEqualTo("\\u{2028}\\u{2029}");
        assertThat(SafeText.escape("\u202a\u202e\u2066\u200f\u061c"))
                .isEqualTo("\\u{202a}\\u{202e}\\u{2066}\\u{200f}\\u{61c}");
        assertThat(SafeText.escape("\u200b\ufeff\u00ad")).isEqualTo("\\u{200b}\\u{feff}\\u{ad}");
        assertThat(SafeText.escape(Character.toString(0xE0041))).isEqualTo("\\u{e0041}");
    }

    @Test
    @DisplayName("has lone surrogates escaped, and pairs kept")
    void surrogates() {
        assertThat(SafeText.escape("\ud83d")).isEqualTo("\\u{d83d}");
        assertThat(SafeText.escape("\ude00x\ud83d")).isEqualTo("\\u{de00}x\\u{d83d}");
        assertThat(SafeText.escape("\n😀\n")).isEqualTo("\\u{a}😀\\u{a}");
    }

    @Test
    @DisplayName("is never changed by a second escaping, for every character there is")
    void idempotent() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String once = SafeText.escape("a" + Character.toString(point));
            assertThat(SafeText.escape(once)).isSameAs(once);
            assertThat(once.codePoints().noneMatch(Character::isISOControl)).isTrue();
        }
    }

    @Test
    @DisplayName("is shortened to its limit, never within a pair, and says how much is missing")
    void shortened() {
        String x32 = "x".repeat(32);
        assertThat(SafeText.shorten(x32, 32)).isSameAs(x32);
        assertThat(SafeText.shorten(x32 + "x", 32)).isEqualTo("x".repeat(13) + "… (20 more)");
        assertThat(SafeText.shorten("x".repeat(12) + "😀" + x32, 32)).isEqualTo("x".repeat(12) + "… (34 more)");
        assertThat(SafeText.shorten("x".repeat(1_000_000), 40)).isEqualTo("x".repeat(21) + "… (999979 more)");
        assertThatThrownBy(() -> SafeText.shorten(x32, 31)).hasMessage("most: is 31; it must be 32 to 2147483647");
    }

    @Test
    @DisplayName("is escaped within a limit, and says how much of the text itself is missing")
    void escapedAndShortened() {
        assertThat(SafeText.escape("a\nb", 32)).isEqualTo("a\\u{a}b");
        assertThat(SafeText.escape("ab" + "\n".repeat(10), 32)).isEqualTo("ab\\u{a}\\u{a}… (8 more)");
        assertThat(SafeText.escape("x".repeat(12) + "😀" + "x".repeat(100), 40))
                .isEqualTo("x".repeat(12) + "😀" + "x".repeat(7) + "… (93 more)");
        assertThatThrownBy(() -> SafeText.escape("\n".repeat(20), 31))
                .hasMessage("most: is 31; it must be 32 to 2147483647");
    }
}
