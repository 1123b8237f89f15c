package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Which facts of a run are taken into account")
class ChronicleTest {

    private final Chronicle chronicle = new Chronicle();

    @Test
    @DisplayName("are all up to the first that is not, whatever the order in which they are")
    void order() {
        chronicle.startAt(10);
        chronicle.taken(13, 15);
        assertThat(chronicle.upTo()).isEqualTo(10);
        assertThat(chronicle.newest()).isEqualTo(15);
        chronicle.taken(17, 17);
        chronicle.taken(11, 12);
        assertThat(chronicle.upTo()).as("16 is not").isEqualTo(15);
        chronicle.taken(16, 16);
        assertThat(chronicle.upTo()).isEqualTo(17);
        assertThat(chronicle.newest()).isEqualTo(17);
    }

    @Test
    @DisplayName("are told one by one, those beyond a gap too")
    void each() {
        chronicle.startAt(10);
        chronicle.taken(13, 15);
        assertThat(chronicle.isTaken(10)).isTrue();
        assertThat(chronicle.isTaken(11)).isFalse();
        assertThat(chronicle.isTaken(12)).isFalse();
        assertThat(chronicle.isTaken(13)).isTrue();
        assertThat(chronicle.isTaken(15)).isTrue();
        assertThat(chronicle.isTaken(16)).isFalse();
    }

    @Test
    @DisplayName("may be taken twice")
    void twice() {
        chronicle.taken(1, 3);
        chronicle.taken(2, 2);
        assertThat(chronicle.upTo()).isEqualTo(3);
        chronicle.taken(4, 4);
        assertThat(chronicle.upTo()).isEqualTo(4);
    }

    @Test
    @DisplayName("are known to be written before they are taken")
    void written() {
        chronicle.written(5);
        chronicle.written(4);
        assertThat(chronicle.newest()).isEqualTo(5);
        assertThat(chronicle.upTo()).isZero();
        assertThat(chronicle.isTaken(5)).isFalse();
    }
}
