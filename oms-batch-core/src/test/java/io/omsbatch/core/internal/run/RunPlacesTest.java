package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.core.internal.call.Work;
import io.omsbatch.core.internal.call.WorkSource;
import io.omsbatch.core.internal.limit.CallRate;
import io.omsbatch.core.internal.limit.ResourceKey;
import io.omsbatch.core.internal.limit.ResourceLimits;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.Rate;
import io.omsbatch.core.settings.ResourceLimit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-10: What a task takes up of what runs share")
class RunPlacesTest {

    private static final Duration TIMEOUT = EngineSettings.defaults().calls().timeout();
    private static final Duration HANGS = TIMEOUT.multipliedBy(10);
    private static final List<ResourceKey> SOURCE = List.of(new ResourceKey(0, "source"));

    private final OneRun run = OneRun.stopping(1);
    private final TaskEntry entry = run.entry(0);
    private final CallRate rate = new CallRate(run.environment, new Rate(1, Duration.ofSeconds(1)));
    private final ResourceLimits limits =
            new ResourceLimits(run.environment, List.of(ResourceLimit.of("source", task -> "source", 1)), TIMEOUT);
    private final ReentrantLock lock = new ReentrantLock();
    private final Outbox outbox = new Outbox("run", lock);
    private final RunPlaces places = new RunPlaces(rate, limits, lock, outbox);

    private final OtherRun other = new OtherRun();

    @AfterEach
    void close() {
        run.close();
    }

    /** Gives the task what it needs, and brings it to where its command may be sent. */
    private void ready() {
        entry.uses(SOURCE);
        entry.places = limits.take(SOURCE, other).places();
        entry.call = rate.reserve(1, other);
        become(Phase.QUEUED, Phase.PREPARING, Phase.READY);
    }

    private void become(Phase... phases) {
        for (Phase phase : phases) {
            entry.become(phase);
        }
    }

    private boolean isFree() {
        return limits.take(SOURCE, other).places() != null;
    }

    /** Makes the call of the task, which does not return when it is interrupted. */
    private void hang() {
        run.parts.dispatcher().signal(new WorkSource() {
            private boolean made;

            @Override
            public @Nullable Work next() {
                if (made) {
                    return null;
                }
                made = true;
                return slot ->
                        run.parts.dispatcher().call(slot, () -> sleep(HANGS), result -> entry.ticket = result.ticket());
            }

            @Override
            public void unresponsive() {}
        });
        run.environment.advance(TIMEOUT.plusSeconds(1));
    }

    private boolean sleep(Duration time) {
        try {
            run.environment.sleep(time);
            return true;
        } catch (InterruptedException givenUp) {
            return sleep(time);
        }
    }

    @Test
    @DisplayName("is needed by its command, which may not begin without it")
    void needed() {
        assertThat(places.begin(entry)).isFalse();
        ready();
        become(Phase.CALLING);
        assertThat(places.begin(entry)).isTrue();
        limits.release(entry.places);
        assertThat(places.begin(entry)).isFalse();
    }

    @Test
    @DisplayName("is given back, and its turn among all calls with it, when it has to wait again before its command")
    void waitsAgain() {
        ready();
        assertThat(isFree()).isFalse();
        assertThat(rate.reserve(1, other)).isNull();
        become(Phase.QUEUED);
        places.moved(entry);
        outbox.tellAll();
        assertThat(other.woken).hasValue(1);
        assertThat(isFree()).isTrue();
        assertThat(rate.reserve(1, other)).isNotNull();
    }

    @Test
    @DisplayName("is given back when its run stops before its command is sent")
    void stopsBefore() {
        ready();
        assertThat(isFree()).isFalse();
        become(Phase.CALLING);
        places.letGo(List.of(entry));
        outbox.tellAll();
        assertThat(other.woken).hasValue(1);
        assertThat(isFree()).isTrue();
        assertThat(rate.reserve(1, other)).isNotNull();
    }

    @Test
    @DisplayName("is given back when its run stops while it is settled")
    void stopsSettling() {
        ready();
        become(Phase.CALLING);
        assertThat(places.begin(entry)).isTrue();
        become(Phase.SETTLING);
        places.letGo(List.of(entry));
        assertThat(isFree()).isTrue();
    }

    @Test
    @DisplayName("is kept when its run stops while its call is out, and given back once that is over")
    void stopsDuring() {
        ready();
        become(Phase.CALLING);
        assertThat(places.begin(entry)).isTrue();
        places.called(List.of(entry));
        places.letGo(List.of(entry));
        assertThat(isFree()).isFalse();
        places.called(List.of(entry));
        assertThat(other.woken).hasValue(1);
        assertThat(isFree()).isTrue();
    }

    @Test
    @DisplayName("is kept by a call that was given up until it returns, whatever has become of the task")
    void hangs() {
        ready();
        become(Phase.CALLING);
        assertThat(places.begin(entry)).isTrue();
        hang();
        become(Phase.FAILED);
        places.moved(entry);
        outbox.tellAll();
        run.environment.advance(HANGS.minusSeconds(2));
        assertThat(isFree()).isFalse();
        assertThat(other.woken).hasValue(0);
        run.environment.advance(Duration.ofSeconds(2));
        assertThat(other.woken).hasValue(1);
        assertThat(isFree()).isTrue();
    }
}
