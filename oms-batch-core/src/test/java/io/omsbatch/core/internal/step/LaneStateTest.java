package io.omsbatch.core.internal.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SW-3: The barrier of a lane")
class LaneStateTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final LaneState lane = new LaneState(new Lane(
            1,
            MigrationType.complete(),
            SwitchoverDirection.FORWARD,
            SwitchoverStep.START_FORWARD_SWITCHOVER,
            List.of(new TaskRef("p", "t"))));

    private List<LaneMember> members(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new LaneMember(lane, false, false))
                .toList();
    }

    @Test
    @DisplayName("opens once all who go together wait at it, and knows since when the first of them does")
    void opens() {
        List<LaneMember> three = members(3);
        assertThat(lane.open()).as("nobody waits").isFalse();
        assertThat(three.get(0).hold(NOW)).isTrue();
        assertThat(three.get(1).hold(NOW.plusSeconds(1))).isFalse();
        assertThat(lane.waitingSince()).isEqualTo(NOW);
        assertThat(lane.missing()).isEqualTo(1);
        assertThat(lane.open()).isFalse();
        assertThat(three.get(2).hold(NOW.minusSeconds(1))).as("waited longer").isTrue();
        assertThat(lane.waitingSince()).isEqualTo(NOW.minusSeconds(1));
        assertThat(lane.open()).isTrue();
        assertThat(lane.waitingSince()).isNull();
        assertThat(lane.missing()).isZero();
        assertThat(lane.open()).as("once").isFalse();
    }

    @Test
    @DisplayName("no longer waits for who goes on alone, whether that one waited or not")
    void leaves() {
        List<LaneMember> three = members(3);
        three.get(0).hold(NOW);
        three.get(1).leaveLane(false);
        assertThat(lane.missing()).isEqualTo(1);
        assertThat(lane.waitingSince()).isEqualTo(NOW);
        three.get(0).leaveLane(true);
        assertThat(lane.missing()).isEqualTo(1);
        assertThat(lane.waitingSince()).isNull();
        three.get(2).skipBarrier();
        assertThat(lane.missing()).isZero();
    }

    @Test
    @DisplayName("waits again for who went back behind it, but not for who is alone")
    void back() {
        List<LaneMember> two = members(2);
        two.get(0).skipBarrier();
        assertThat(lane.missing()).isEqualTo(1);
        two.get(0).goBack();
        assertThat(lane.missing()).isEqualTo(2);
        two.get(0).goBack();
        assertThat(lane.missing()).as("was there already").isEqualTo(2);
        two.get(1).leaveLane(false);
        two.get(1).passBarrier();
        two.get(1).goBack();
        assertThat(lane.missing()).isEqualTo(1);
    }

    @Test
    @DisplayName("is one of whose members the newest freezes are remembered, 64 of them")
    void timings() {
        FreezeTimings timings = new FreezeTimings();
        assertThat(timings.typical()).isZero();
        timings.add(Duration.ofSeconds(-1));
        assertThat(timings.typical()).isZero();
        IntStream.range(0, 32).forEach(i -> timings.add(Duration.ofSeconds(1)));
        IntStream.range(0, 31).forEach(i -> timings.add(Duration.ofSeconds(9)));
        assertThat(timings.typical()).as("64: -1, 32 times 1, 31 times 9").isEqualTo(Duration.ofSeconds(1));
        timings.add(Duration.ofSeconds(9));
        assertThat(timings.typical()).as("the oldest is forgotten").isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    @DisplayName("forgets the oldest of those freezes only once there are more than 64")
    void remembered() {
        FreezeTimings timings = new FreezeTimings();
        timings.add(Duration.ofSeconds(9));
        IntStream.range(0, 32).forEach(i -> timings.add(Duration.ofSeconds(1)));
        IntStream.range(0, 31).forEach(i -> timings.add(Duration.ofSeconds(9)));
        assertThat(timings.typical()).as("32 times 9, 32 times 1").isEqualTo(Duration.ofSeconds(9));
    }
}
