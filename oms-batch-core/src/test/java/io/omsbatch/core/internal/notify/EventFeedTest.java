package io.omsbatch.core.internal.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The events of a run")
class EventFeedTest {

    private static void publish(EventFeed feed) {
        feed.publish(stamp -> new BatchEvent.RunStarted(stamp, 1));
    }

    private static void listen(EventFeed feed, Environment environment, BatchListener listener) {
        feed.listen(new Subscriber(listener, environment));
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    @DisplayName("reach each listener one after the other, in order and without a gap, from whatever thread they come")
    void order() {
        for (long seed = 0; seed < 50; seed++) {
            try (VirtualEnvironment environment = new VirtualEnvironment(seed)) {
                EventFeed feed = new EventFeed("run", environment);
                List<Long> quick = new ArrayList<>();
                List<Long> slow = new ArrayList<>();
                AtomicInteger inside = new AtomicInteger();
                listen(feed, environment, event -> quick.add(event.stamp().sequence()));
                listen(feed, environment, event -> {
                    assertThat(inside.incrementAndGet()).isOne();
                    environment.pass();
                    inside.decrementAndGet();
                    slow.add(event.stamp().sequence());
                });
                for (int i = 0; i < 5; i++) {
                    environment.executor().execute(() -> {
                        for (int j = 0; j < 20; j++) {
                            publish(feed);
                            environment.pass();
                        }
                    });
                }
                environment.runUntilIdle();
                assertThat(quick).as("seed %d", seed).isEqualTo(upTo(100));
                assertThat(slow).as("seed %d", seed).isEqualTo(upTo(100));
                assertThat(environment.uncaught()).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("still reach a listener that threw, whatever it threw, and the other listeners")
    void throwing() {
        try (VirtualEnvironment environment = new VirtualEnvironment(1)) {
            EventFeed feed = new EventFeed("run", environment);
            List<Long> told = new ArrayList<>();
            List<Long> other = new ArrayList<>();
            List<Throwable> thrown = List.of(
                    new IllegalStateException("evil\nforged"), new StackOverflowError(), new Exception("checked"));
            listen(feed, environment, event -> {
                told.add(event.stamp().sequence());
                throw EventFeedTest.<RuntimeException>sneaky(thrown.get(told.size() % 3));
            });
            listen(feed, environment, event -> other.add(event.stamp().sequence()));
            for (int i = 0; i < 10; i++) {
                publish(feed);
                environment.runUntilIdle();
            }
            assertThat(told).isEqualTo(upTo(10));
            assertThat(other).isEqualTo(upTo(10));
            assertThat(environment.uncaught()).isEmpty();
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    @DisplayName("never wait for a listener: one that hangs holds up neither the run nor the other listeners")
    void hanging() {
        try (VirtualEnvironment environment = new VirtualEnvironment(2)) {
            EventFeed feed = new EventFeed("run", environment);
            List<Long> other = new ArrayList<>();
            listen(feed, environment, event -> {
                try {
                    environment.sleep(Duration.ofDays(1_000));
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
            listen(feed, environment, event -> other.add(event.stamp().sequence()));
            environment.executor().execute(() -> {
                for (int i = 0; i < 100; i++) {
                    publish(feed);
                }
            });
            environment.advance(Duration.ofSeconds(1));
            assertThat(other).isEqualTo(upTo(100));
        }
    }

    @Test
    @DisplayName("of all runs take one thread to a listener that hangs, and wait for it in one queue")
    void manyRuns() {
        try (VirtualEnvironment world = new VirtualEnvironment(2)) {
            int[] threads = {0};
            Executor counting = task -> {
                threads[0]++;
                world.executor().execute(task);
            };
            Environment environment = with(counting, world);
            List<Long> told = new ArrayList<>();
            Subscriber hanging = new Subscriber(
                    event -> {
                        if (told.isEmpty()) {
                            try {
                                world.sleep(Duration.ofDays(1));
                            } catch (InterruptedException ended) {
                                Thread.currentThread().interrupt();
                            }
                        }
                        told.add(event.stamp().sequence());
                    },
                    environment);
            for (int run = 0; run < 500; run++) {
                EventFeed feed = new EventFeed("run" + run, environment);
                feed.listen(hanging);
                for (int i = 0; i < 30; i++) {
                    publish(feed);
                }
                world.advance(Duration.ofSeconds(1));
            }
            assertThat(threads).containsExactly(1);
            world.advance(Duration.ofDays(2));
            assertThat(told).hasSize(Subscriber.WAITING + 1);
        }
    }

    @Test
    @DisplayName("that wait for a slow listener are bounded: it misses the oldest, and can tell so by the gap")
    void bounded() {
        try (VirtualEnvironment environment = new VirtualEnvironment(3)) {
            EventFeed feed = new EventFeed("run", environment);
            List<Long> told = new ArrayList<>();
            listen(feed, environment, event -> told.add(event.stamp().sequence()));
            int total = Subscriber.WAITING + 500;
            environment.executor().execute(() -> {
                for (int i = 0; i < total; i++) {
                    publish(feed);
                }
            });
            environment.runUntilIdle();
            assertThat(told)
                    .isEqualTo(LongStream.rangeClosed(501, total).boxed().toList());
        }
    }

    @Test
    @DisplayName("are told to a late listener from the first one still remembered on")
    void late() {
        try (VirtualEnvironment environment = new VirtualEnvironment(4)) {
            EventFeed feed = new EventFeed("run", environment);
            int total = EventFeed.REMEMBERED + 200;
            for (int i = 0; i < total; i++) {
                publish(feed);
            }
            List<Long> told = new ArrayList<>();
            listen(feed, environment, event -> told.add(event.stamp().sequence()));
            publish(feed);
            environment.runUntilIdle();
            assertThat(told)
                    .isEqualTo(LongStream.rangeClosed(201, total + 1L).boxed().toList());
        }
    }

    @Test
    @DisplayName("have no gap when the making of one failed")
    void makingFails() {
        try (VirtualEnvironment environment = new VirtualEnvironment(5)) {
            EventFeed feed = new EventFeed("run", environment);
            List<Long> told = new ArrayList<>();
            listen(feed, environment, event -> told.add(event.stamp().sequence()));
            publish(feed);
            assertThatThrownBy(() -> feed.publish(stamp -> {
                        throw new IllegalStateException("event");
                    }))
                    .hasMessage("event");
            publish(feed);
            environment.runUntilIdle();
            assertThat(told).isEqualTo(upTo(2));
        }
    }

    private static Environment with(Executor executor, Environment world) {
        return (Environment) Proxy.newProxyInstance(
                Environment.class.getClassLoader(),
                new Class<?>[] {Environment.class},
                (proxy, method, arguments) ->
                        method.getName().equals("executor") ? executor : method.invoke(world, arguments));
    }

    @Test
    @DisplayName("are kept for a listener while the executor refuses to tell it, and publishing never fails")
    void executorRefuses() {
        for (boolean error : new boolean[] {false, true}) {
            boolean[] refuses = {false};
            List<Runnable> tasks = new ArrayList<>();
            Executor executor = task -> {
                if (refuses[0] && error) {
                    throw new OutOfMemoryError("unable to create native thread");
                } else if (refuses[0]) {
                    throw new RejectedExecutionException("full");
                }
                tasks.add(task);
            };
            try (VirtualEnvironment world = new VirtualEnvironment(6)) {
                Environment environment = with(executor, world);
                EventFeed feed = new EventFeed("run", environment);
                List<Long> told = new ArrayList<>();
                listen(feed, environment, event -> told.add(event.stamp().sequence()));
                tasks.forEach(Runnable::run);
                tasks.clear();
                refuses[0] = true;
                publish(feed);
                publish(feed);
                refuses[0] = false;
                publish(feed);
                tasks.forEach(Runnable::run);
                assertThat(told).isEqualTo(upTo(3));
            }
        }
    }

    @Test
    @DisplayName("need a listener that is there")
    void noListener() {
        try (VirtualEnvironment environment = new VirtualEnvironment(6)) {
            EventFeed feed = new EventFeed("run", environment);
            assertThatThrownBy(() -> listen(feed, environment, null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("listener");
        }
    }
}
