package io.omsbatch.examples.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Statistics and samples")
class StatisticsTest {

    @Test
    @DisplayName("the median is in the middle, whatever the order")
    void median() {
        assertThat(Statistics.of(9, 1, 5)).isEqualTo(new Statistics(5, 1, 9));
        assertThat(Statistics.of(4, 1, 2, 100)).isEqualTo(new Statistics(3, 1, 100));
        assertThat(Statistics.of(7)).isEqualTo(new Statistics(7, 7, 7));
        assertThatThrownBy(Statistics::of).hasMessage("no values");
    }

    @Test
    @DisplayName("a sample is read as it was written")
    void line() {
        Sample sample = new Sample(1.5e7, Map.of("lag p99 us", 0.25, "a=b", -1.0));
        assertThat(Sample.parse(sample.line())).isEqualTo(sample);
        assertThatThrownBy(() -> Sample.parse("Exception in thread main")).hasMessageContaining("no sample");
    }
}
