package io.omsbatch.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.core.settings.Rate;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-10: The rate of calls")
class CallRateTest {

    private final VirtualEnvironment environment = new VirtualEnvironment(1);
    private final CallRate rate = new CallRate(environment, new Rate(4, Duration.ofSeconds(1)));
    private final List<String> woken = new ArrayList<>();

    private final Wakeable one = () -> woken.add("one");
    private final Wakeable other = () -> woken.add("other");

    private static Calls there(Calls calls) {
        if (calls == null) {
            throw new AssertionError("no calls were reserved");
        }
        return calls;
    }

    @Test
    @DisplayName("lets whoever needs several calls come before those that came later and need one")
    void order() {
        Calls first = there(rate.reserve(3, other));
        rate.begin(first);
        rate.begin(first);
        rate.begin(first);
        assertThat(rate.reserve(3, one)).isNull();
        assertThat(rate.reserve(1, other))
                .as("there is room for one, but one came first")
                .isNull();
        environment.advance(Duration.ofMillis(999));
        assertThat(woken).isEmpty();
        environment.advance(Duration.ofMillis(1));
        assertThat(woken).containsExactly("one");
        assertThat(rate.reserve(1, other)).isNull();
        there(rate.reserve(3, one));
        environment.advance(Duration.ZERO);
        assertThat(woken).containsExactly("one", "other");
        there(rate.reserve(1, other));
    }

    @Test
    @DisplayName("lets the next come at once when the first no longer waits")
    void leaving() {
        Calls taken = there(rate.reserve(3, one));
        assertThat(rate.reserve(4, one)).isNull();
        assertThat(rate.reserve(1, other)).isNull();
        rate.leave(one);
        environment.advance(Duration.ZERO);
        assertThat(woken).containsExactly("other");
        there(rate.reserve(1, other));
        rate.giveBack(taken);
    }

    @Test
    @DisplayName("wakes who waits as soon as calls are given back, and begins none of those any more")
    void givenBack() {
        Calls taken = there(rate.reserve(4, one));
        rate.begin(taken);
        assertThat(rate.reserve(3, other)).isNull();
        environment.advance(Duration.ofMillis(500));
        rate.giveBack(taken);
        rate.giveBack(taken);
        environment.advance(Duration.ZERO);
        assertThat(woken).containsExactly("other");
        assertThat(rate.begin(taken)).isFalse();
        there(rate.reserve(3, other));
    }

    @Test
    @DisplayName("wakes who waits for reservations once these have begun and are long enough ago")
    void begunMeanwhile() {
        Calls taken = there(rate.reserve(4, one));
        assertThat(rate.reserve(1, other)).isNull();
        environment.advance(Duration.ofSeconds(5));
        rate.begin(taken);
        environment.advance(Duration.ofMillis(999));
        assertThat(woken).isEmpty();
        environment.advance(Duration.ofMillis(1));
        assertThat(woken).containsExactly("other");
    }
}
