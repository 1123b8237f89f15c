package io.omsbatch.core.internal.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.core.settings.SettleSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pause between looks")
class PollPaceTest {

    @Test
    @DisplayName("doubles while nothing settles, up to the longest, and is short again once something does")
    void grows() {
        PollPace pace = new PollPace(SettleSettings.defaults());
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            seconds.add(Duration.ofNanos(pace.pauseNanos()).toSeconds());
            pace.slacken();
        }
        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
        pace.quicken();
        assertThat(Duration.ofNanos(pace.pauseNanos())).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    @DisplayName("does not overflow at the longest settings")
    void longest() {
        Duration hour = Duration.ofHours(1);
        PollPace pace = new PollPace(new SettleSettings(Duration.ofDays(7), hour, hour));
        for (int i = 0; i < 100; i++) {
            pace.slacken();
        }
        assertThat(Duration.ofNanos(pace.pauseNanos())).isEqualTo(hour);
    }
}
