package io.omsbatch.api.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-7: A failure budget")
class FailureBudgetTest {

    @Test
    @DisplayName("is a number of tasks, or a share of the eligible ones, rounded down")
    void allows() {
        assertThat(FailureBudget.tasks(3).allowed(2)).isEqualTo(3);
        assertThat(FailureBudget.percent(5).allowed(19)).isZero();
        assertThat(FailureBudget.percent(5).allowed(20)).isEqualTo(1);
        assertThat(FailureBudget.percent(33.33).allowed(10_000)).isEqualTo(3_333);
        assertThat(FailureBudget.percent(100).allowed(1_000_000)).isEqualTo(1_000_000);
    }

    @Test
    @DisplayName("is read as it is written")
    void reads() {
        for (String text : List.of("0", "17", "2.50%", "5%", "100%", "3 soft", "0.01% soft")) {
            assertThat(FailureBudget.parse(text)).hasToString(text);
        }
        assertThat(FailureBudget.parse(" 2.5 % ".replace(" %", "%"))).isEqualTo(FailureBudget.percent(2.5));
        for (String text : List.of("", "x", "-1", "101%", "1.234%", "%", "soft", "1e3", "12345678", "NaN%")) {
            assertThatThrownBy(() -> FailureBudget.parse(text))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("FailureBudget");
        }
        for (double percent : new double[] {-1, 100.01, 1.234, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> FailureBudget.percent(percent)).isInstanceOf(InvalidInputException.class);
        }
    }
}
