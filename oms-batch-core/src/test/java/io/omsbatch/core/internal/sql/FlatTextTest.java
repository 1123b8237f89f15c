package io.omsbatch.core.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Flat text")
class FlatTextTest {

    @Test
    @DisplayName("comes back as it was, for every character, and holds no NUL and no lone surrogate")
    void everyCharacter() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String text = "a" + Character.toString(point) + "=\\";
            String written = FlatText.values(Map.of(text, text));
            assertThat(FlatText.readValues(written)).containsExactly(Map.entry(text, text));
            assertThat(written.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("is sorted lines that a person can read")
    void readable() {
        assertThat(FlatText.values(Map.of("reason", "one\ntwo", "actor", "Zoë")))
                .isEqualTo("actor=Zoë\nreason=one\\ntwo");
        assertThat(FlatText.values(Map.of())).isEmpty();
        assertThat(FlatText.readValues("")).isEmpty();
        assertThat(FlatText.readValues(FlatText.values(Map.of("", "")))).isEqualTo(Map.of("", ""));
    }

    @Test
    @DisplayName("keeps identifiers apart that end in spaces or backslashes, and leaves all others as they are")
    void identifiers() {
        assertThat(FlatText.id("orders")).isEqualTo("orders");
        for (String id : List.of("a", "a ", "a  ", "a\\", "a\\\\", "a \\")) {
            assertThat(FlatText.readId(FlatText.id(id))).isEqualTo(id);
            assertThat(FlatText.id(id)).doesNotEndWith(" ");
        }
    }

    @Test
    @DisplayName("is refused when it was not written so")
    void broken() {
        for (String broken : List.of("no equals", "a=\\x", "a=\\", "a=\\u12")) {
            assertThatThrownBy(() -> FlatText.readValues(broken)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
