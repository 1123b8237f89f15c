package io.omsbatch.core.internal.limit;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.core.UnsupportedEnvironment;
import io.omsbatch.core.settings.Rate;
import io.omsbatch.core.settings.ResourceLimit;
import java.time.Duration;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lincheck")
@DisplayName("RUN-10: What counts calls and places")
class LimitLincheckTest {

    /** A rate of four calls, two of which somebody reserved, while time stands still. */
    public static final class Rates {

        private final CallRate rate = new CallRate(new Still(), new Rate(4, Duration.ofSeconds(1)));
        private final Wakeable who = () -> {};
        private final Calls shared = rate.reserve(2, who);

        @Operation
        public boolean reserve() {
            return rate.reserve(1, who) != null;
        }

        @Operation
        public boolean begin() {
            return rate.begin(shared);
        }

        @Operation
        public int extend() {
            return rate.extend(shared, 2);
        }

        @Operation
        public void giveBack() {
            rate.giveBack(shared);
        }

        @Operation
        public void leave() {
            rate.leave(who);
        }
    }

    /** A resource with room for three tasks, two of which somebody has. */
    public static final class Resources {

        private final ResourceLimits limits = new ResourceLimits(
                new Still(), List.of(ResourceLimit.of("source", task -> "", 3)), Duration.ofSeconds(1));
        private final List<ResourceKey> keys = List.of(new ResourceKey(0, "source"));
        private final Waiting who = new Waiting() {
            @Override
            public void freed(ResourceKey key) {}

            @Override
            public void stuck(ResourceKey key) {}

            @Override
            public void wake() {}
        };
        private final Places first = limits.take(keys, who).places();
        private final Places second = limits.take(keys, who).places();

        @Operation
        public boolean take() {
            return limits.take(keys, who).places() != null;
        }

        @Operation
        public boolean begin() {
            return limits.begin(first);
        }

        @Operation(runOnce = true)
        public int release() {
            return limits.release(first).size();
        }

        @Operation(runOnce = true)
        public int releaseOther() {
            return limits.release(second).size();
        }

        @Operation
        public void leave() {
            limits.leave(keys.get(0), who);
        }
    }

    /** An environment in which time stands still. */
    private static final class Still extends UnsupportedEnvironment {

        @Override
        public long nanoTime() {
            return 1;
        }

        @Override
        public Environment.Timer schedule(Duration delay, Runnable task) {
            return () -> {};
        }
    }

    @Test
    @DisplayName("counts as if one came after the other, in every order of their steps and on real threads: calls")
    void calls() {
        check(Rates.class);
    }

    @Test
    @DisplayName("counts as if one came after the other, in every order of their steps and on real threads: places")
    void places() {
        check(Resources.class);
    }

    private static void check(Class<?> structure) {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .iterations(3)
                .invocationsPerIteration(50)
                .check(structure);
        new StressOptions()
                .threads(2)
                .actorsPerThread(2)
                .iterations(3)
                .invocationsPerIteration(300)
                .check(structure);
    }
}
