package io.omsbatch.core.internal.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pace of intents")
class IntentPaceTest {

    private final IntentPace pace = new IntentPace(64);

    private void times(long callMillis, long writeMillis) {
        pace.called(TimeUnit.MILLISECONDS.toNanos(callMillis));
        pace.wrote(TimeUnit.MILLISECONDS.toNanos(writeMillis));
    }

    @Test
    @DisplayName("looks at free slots only while nobody knows how long a call takes")
    void unknown() {
        pace.wrote(1_000);
        assertThat(pace.ahead()).isZero();
        assertThat(pace.together(63, 0)).isEqualTo(64);
        assertThat(pace.together(0, 0)).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "goes ahead by the calls that end while intents are written, and once more as many until they are written")
    void ahead() {
        times(32, 4);
        assertThat(pace.ahead()).isEqualTo(8);
        assertThat(pace.together(3, 0)).isEqualTo(1 + 3 + 16);
        assertThat(pace.together(3, 10)).isEqualTo(1 + 3 + 6);
        assertThat(pace.together(3, 40)).isEqualTo(1 + 3);
    }

    @Test
    @DisplayName("does not go ahead of calls that take much longer than the journal")
    void longCalls() {
        times(1_000, 4);
        assertThat(pace.ahead()).isZero();
    }

    @Test
    @DisplayName("never writes more than 100 together, also for calls that take no time")
    void quickCalls() {
        pace.called(0);
        pace.wrote(TimeUnit.SECONDS.toNanos(1));
        assertThat(pace.ahead()).isEqualTo(IntentPace.MOST_TOGETHER);
        assertThat(pace.together(1_000, 0)).isEqualTo(IntentPace.MOST_TOGETHER);
    }

    @Test
    @DisplayName("follows times that change, by an eighth each")
    void follows() {
        times(80, 10);
        assertThat(pace.ahead()).isEqualTo(8);
        pace.wrote(TimeUnit.MILLISECONDS.toNanos(90));
        assertThat(pace.ahead()).isEqualTo(16);
    }
}
