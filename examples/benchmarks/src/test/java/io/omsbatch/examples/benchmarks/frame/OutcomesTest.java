package io.omsbatch.examples.benchmarks.frame;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Outcomes")
class OutcomesTest {

    private final Outcomes outcomes = new Outcomes(3);

    private void allRight() {
        for (int item = 0; item < 3; item++) {
            outcomes.called(item);
            outcomes.succeeded(item);
        }
    }

    @Test
    @DisplayName("are right if each item was called and recorded once")
    void right() {
        allRight();
        assertThatCode(outcomes::verify).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("are wrong if an item was called twice")
    void calledTwice() {
        allRight();
        outcomes.called(1);
        assertThatThrownBy(outcomes::verify)
                .isInstanceOf(WrongOutcomesException.class)
                .hasMessage("1 of 3 items were not called exactly once; the first is item 1: 2 times");
    }

    @Test
    @DisplayName("are wrong if an item was not called")
    void notCalled() {
        assertThatThrownBy(outcomes::verify).hasMessageContaining("3 of 3").hasMessageContaining("item 0: 0 times");
    }

    @Test
    @DisplayName("are wrong if a success is missing, or there twice")
    void wrongSuccesses() {
        for (int item = 0; item < 3; item++) {
            outcomes.called(item);
        }
        outcomes.succeeded(0);
        outcomes.succeeded(1);
        assertThatThrownBy(outcomes::verify)
                .hasMessage("1 of 3 items were not recorded with success exactly once; the first is item 2: 0 times");
        outcomes.succeeded(2);
        outcomes.succeeded(2);
        assertThatThrownBy(outcomes::verify).hasMessageContaining("item 2: 2 times");
    }
}
