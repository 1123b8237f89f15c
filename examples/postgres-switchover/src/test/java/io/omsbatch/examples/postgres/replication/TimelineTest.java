package io.omsbatch.examples.postgres.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.examples.postgres.database.Lsn;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The timeline says up to when a target has everything")
class TimelineTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Timeline timeline = new Timeline();

    @Test
    @DisplayName("the last moment whose position is reached")
    void lastReached() {
        timeline.add(NOON, new Lsn(100));
        timeline.add(NOON.plusSeconds(1), new Lsn(200));
        timeline.add(NOON.plusSeconds(2), new Lsn(300));
        assertThat(timeline.timeOf(new Lsn(250))).contains(NOON.plusSeconds(1));
        assertThat(timeline.timeOf(new Lsn(300))).contains(NOON.plusSeconds(2));
    }

    @Test
    @DisplayName("while the source stands still, the present")
    void idle() {
        timeline.add(NOON, new Lsn(100));
        timeline.add(NOON.plusSeconds(5), new Lsn(100));
        assertThat(timeline.timeOf(new Lsn(100))).contains(NOON.plusSeconds(5));
    }

    @Test
    @DisplayName("nothing, when the target is further behind than is remembered")
    void forgotten() {
        timeline.add(NOON, new Lsn(100));
        timeline.add(NOON.plus(Duration.ofMinutes(11)), new Lsn(200));
        assertThat(timeline.timeOf(new Lsn(99))).isEmpty();
        assertThat(timeline.timeOf(new Lsn(150))).isEmpty();
    }
}
