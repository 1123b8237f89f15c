package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.core.internal.limit.CallRate;
import io.omsbatch.core.internal.limit.Calls;
import io.omsbatch.core.internal.limit.Places;
import io.omsbatch.core.internal.limit.ResourceKey;
import io.omsbatch.core.internal.limit.ResourceLimits;
import io.omsbatch.core.internal.limit.Wakeable;
import io.omsbatch.core.internal.run.RunQueues.Way;
import io.omsbatch.core.settings.Rate;
import io.omsbatch.core.settings.ResourceLimit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-8: A run that ends or stops while its tasks wait for what it shares with another")
class RunQueuesEndTest {

    private static final List<ResourceKey> SOURCE = List.of(new ResourceKey(0, "source"));
    private static final Wakeable ANOTHER = () -> {};

    private final OneRun run = OneRun.stopping(1);
    private final TaskEntry entry = run.entry(0);
    private final CallRate rate = new CallRate(run.environment, new Rate(2, Duration.ofHours(1)));
    private final ResourceLimits limits = new ResourceLimits(
            run.environment, List.of(ResourceLimit.of("source", task -> "source", 1)), Duration.ofHours(1));
    private final ReentrantLock lock = new ReentrantLock();
    private final RunQueues queues =
            new RunQueues(rate, limits, new RunPlaces(rate, limits, lock, new Outbox("run", lock)));

    private final RunQueues.Keeper keeper = new RunQueues.Keeper() {
        @Override
        public void stuck(Way way, ResourceKey key) {}

        @Override
        public void wake() {}
    };

    private final OtherRun other = new OtherRun();

    @BeforeEach
    void admit() {
        queues.keep(keeper);
        queues.admit(entry);
    }

    @AfterEach
    void close() {
        run.close();
    }

    /** Another run cannot begin a call, though there is room, because this one comes before it, and can once this one ends. */
    private void assertLetsAnotherCall(Calls taken) {
        assertThat(rate.reserve(1, ANOTHER)).isNull();
        rate.giveBack(taken);
        assertThat(rate.reserve(1, ANOTHER)).as("this one comes first").isNull();
        queues.letGo();
        assertThat(rate.reserve(1, ANOTHER)).isNotNull();
    }

    @Test
    @DisplayName("lets the other call when it waited for room for a look and its command")
    void waitsToCommand() {
        Calls taken = rate.reserve(2, ANOTHER);
        queues.move(entry, Phase.QUEUED);
        assertThat(queues.takeQueued(Way.FORWARD, 1, 1)).isNull();
        assertLetsAnotherCall(taken);
    }

    @Test
    @DisplayName("lets the other call when it waited for room for a look")
    void waitsToLook() {
        Calls taken = rate.reserve(2, ANOTHER);
        for (Phase phase : List.of(Phase.QUEUED, Phase.PREPARING, Phase.SETTLING)) {
            queues.move(entry, phase);
        }
        queues.lookAt(entry);
        assertThat(queues.takeToLook(1, keeper)).isNull();
        assertLetsAnotherCall(taken);
    }

    @Test
    @DisplayName("is not woken any more when there is room at a resource")
    void waitsForResource() {
        Places taken = limits.take(SOURCE, other).places();
        entry.uses(SOURCE);
        queues.move(entry, Phase.QUEUED);
        assertThat(queues.takeQueued(Way.FORWARD, 1, 1)).isNull();
        queues.letGo();
        assertThat(limits.release(taken)).isEmpty();
    }
}
