package io.omsbatch.core.internal.notify;

import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.core.UnsupportedEnvironment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lincheck")
@DisplayName("The events of a run that several threads publish")
class EventFeedLincheckTest {

    /** A feed, and what each of its listeners was told. */
    public static final class Feed {

        private final EventFeed feed = new EventFeed("run", new Here());
        private final List<List<Long>> told = new CopyOnWriteArrayList<>();

        /** Begins to listen. */
        public Feed() {
            listen();
        }

        @Operation
        public long publish() {
            long[] sequence = new long[1];
            feed.publish(stamp -> {
                sequence[0] = stamp.sequence();
                return new BatchEvent.RunStarted(stamp, 1);
            });
            return sequence[0];
        }

        @Operation
        public void listen() {
            List<Long> one = new ArrayList<>(); // a listener is told by one thread at a time
            told.add(one);
            feed.listen(new Subscriber(event -> one.add(event.stamp().sequence()), new Here()));
        }

        /** Fails if a listener missed an event, was told it twice, or too early. */
        @Validate
        public void toldAllInOrder() {
            long last = publish();
            List<Long> all = new ArrayList<>();
            while (all.size() < last) {
                all.add(all.size() + 1L);
            }
            for (List<Long> one : told) {
                if (!one.equals(all)) {
                    throw new IllegalStateException("a listener was told " + one + " of " + all);
                }
            }
        }
    }

    /** An environment whose executor is the thread that calls it. */
    private static final class Here extends UnsupportedEnvironment {

        @Override
        public InstantSource clock() {
            return InstantSource.fixed(Instant.EPOCH);
        }

        @Override
        public Executor executor() {
            return Runnable::run;
        }
    }

    @Test
    @DisplayName("reach each listener once and in order, in every order of their steps and on real threads")
    void order() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(0)
                .iterations(3)
                .invocationsPerIteration(50)
                .check(Feed.class);
        new StressOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(0)
                .iterations(3)
                .invocationsPerIteration(300)
                .check(Feed.class);
    }
}
