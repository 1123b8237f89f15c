package io.omsbatch.examples.benchmarks.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Goals and measures")
class GoalTest {

    @Test
    @DisplayName("a ratio above 1 is better, whichever way is better")
    void ratios() {
        assertThat(Measure.itemsPerSecond().ratio(200, 100)).isEqualTo(2);
        assertThat(Measure.nanosPerItem().ratio(200, 100)).isEqualTo(0.5);
    }

    @Test
    @DisplayName("a goal beside the reference looks at the ratio")
    void ratioGoal() {
        Goal goal = Goal.ratio("half as fast", 0.5);
        assertThat(goal.met(Measure.nanosPerItem(), 200, 100)).isTrue();
        assertThat(goal.met(Measure.nanosPerItem(), 201, 100)).isFalse();
        assertThat(goal.met(Measure.itemsPerSecond(), 50, 100)).isTrue();
        assertThat(goal.met(Measure.itemsPerSecond(), 49, 100)).isFalse();
    }

    @Test
    @DisplayName("a goal in the unit of the measure looks at the value")
    void valueGoal() {
        Goal goal = Goal.value("25", 25);
        assertThat(goal.met(Measure.nanosPerItem(), 25, 1)).isTrue();
        assertThat(goal.met(Measure.nanosPerItem(), 26, 100)).isFalse();
        assertThat(goal.met(Measure.itemsPerSecond(), 24, 1)).isFalse();
    }

    @Test
    @DisplayName("wall to ideal is 1 if all calls take their time and no more")
    void wallToIdeal() {
        Measure measure = Measure.wallToIdeal(Duration.ofMillis(20), 10);
        assertThat(measure.reading().of(100, Duration.ofMillis(200).toNanos(), Map.of()))
                .isEqualTo(1.0);
    }
}
