package io.omsbatch.examples.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A log position")
class LsnTest {

    @ParameterizedTest
    @ValueSource(strings = {"0/0", "0/1A2B3C4D", "16/B374D848", "FFFFFFFF/FFFFFFFF"})
    @DisplayName("is written as it was read")
    void roundTrip(String text) {
        assertThat(Lsn.parse(text)).hasToString(text);
    }

    @Test
    @DisplayName("is ordered without a sign")
    void order() {
        assertThat(Lsn.parse("FFFFFFFF/0").reached(Lsn.parse("1/FFFFFFFF"))).isTrue();
        assertThat(Lsn.parse("0/FFFFFFFF").reached(Lsn.parse("1/0"))).isFalse();
        assertThat(Lsn.parse("0/1").reached(Lsn.parse("0/1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "/1", "1/123456789"})
    @DisplayName("is not anything else")
    void malformed(String text) {
        assertThatThrownBy(() -> Lsn.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
