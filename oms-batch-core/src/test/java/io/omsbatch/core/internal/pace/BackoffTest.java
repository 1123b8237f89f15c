package io.omsbatch.core.internal.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.core.settings.RetrySettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pause before a retry")
class BackoffTest {

    private final Backoff backoff = new Backoff(RetrySettings.defaults(), new Random(1));

    @Test
    @DisplayName("has a ceiling that doubles up to the longest pause")
    void doubles() {
        List<Long> ceilings =
                IntStream.rangeClosed(1, 9).mapToObj(backoff::ceilingMillis).toList();
        assertThat(ceilings)
                .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 64_000L, 64_000L, 64_000L);
    }

    @Test
    @DisplayName("never overflows, however long the first pause and however many the attempts")
    void noOverflow() {
        RetrySettings longest = new RetrySettings(100, Duration.ofHours(1), Duration.ofHours(24));
        Backoff slow = new Backoff(longest, new Random(2));
        for (int attempt : new int[] {1, 2, 5, 6, 30, 31, 32, 63, 64, 65, 100, Integer.MAX_VALUE}) {
            assertThat(slow.ceilingMillis(attempt)).as("attempt %d", attempt).isBetween(3_600_000L, 86_400_000L);
            assertThat(slow.after(attempt)).isBetween(Duration.ZERO, Duration.ofHours(24));
        }
    }

    @Test
    @DisplayName("is drawn evenly from zero to its ceiling (full jitter)")
    void jitter() {
        Backoff small = new Backoff(new RetrySettings(5, Duration.ofMillis(4), Duration.ofMillis(4)), new Random(3));
        Set<Long> drawn = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            drawn.add(small.after(1).toMillis());
        }
        assertThat(drawn).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
    }
}
