package io.omsbatch.core.internal.reach;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.core.UnsupportedEnvironment;
import io.omsbatch.core.internal.run.EngineParts;
import io.omsbatch.core.settings.EngineSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lincheck")
@DisplayName("RUN-12: The inboxes of an engine's runs")
class InboxLincheckTest {

    private static final EngineSettings SETTINGS = EngineSettings.defaults();

    /** An engine that comes to own runs while a timer sends somebody to look into their inboxes. */
    public static final class Engine {

        private final Timers timers = new Timers();
        private final Inbox inbox = new Inbox(parts(timers));
        private final AtomicInteger owned = new AtomicInteger();
        private final AtomicInteger seen = new AtomicInteger();

        /** Owns a run, for which a timer waits. */
        public Engine() {
            own();
        }

        private List<OwnedRun> runs() {
            seen.set(owned.get());
            return List.of();
        }

        @Operation
        public void own() {
            owned.incrementAndGet();
            inbox.watch(this::runs);
        }

        @Operation
        public void timeGoesBy() {
            timers.ring();
        }

        /** Fails if nobody will look for a run, or two will. */
        @Validate
        public void someLook() {
            if (timers.waiting.size() > 1 || (timers.waiting.isEmpty() && seen.get() < owned.get())) {
                throw new IllegalStateException(seen + " of " + owned + " runs were seen, and " + timers.waiting.size()
                        + " timers will ring for the rest");
            }
        }
    }

    /** Returns only what an inbox without runs at work asks for. */
    private static EngineParts parts(Environment environment) {
        return new EngineParts(environment, null, null, null, null, SETTINGS, null, null, null, null, null);
    }

    /** An environment whose timers ring when they are told to. */
    private static final class Timers extends UnsupportedEnvironment {

        private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();

        void ring() {
            Runnable next = waiting.poll();
            if (next != null) {
                next.run();
            }
        }

        @Override
        public Executor executor() {
            return Runnable::run;
        }

        @Override
        public Environment.Timer schedule(Duration delay, Runnable task) {
            waiting.add(task);
            return () -> {};
        }
    }

    @Test
    @DisplayName("are looked into again after each run began, in every order of the steps and on real threads")
    void looked() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(5)
                .invocationsPerIteration(100)
                .check(Engine.class);
        new StressOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(3)
                .invocationsPerIteration(300)
                .check(Engine.class);
    }
}
