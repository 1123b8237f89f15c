package io.omsbatch.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The system environment")
class SystemEnvironmentTest {

    private static final Duration BOUND = Duration.ofMinutes(1);

    @Test
    @DisplayName("runs tasks in other threads, which keep no process alive; virtual ones from Java 21 on")
    void threads() throws Exception {
        try (SystemEnvironment environment = SystemEnvironment.create()) {
            CompletableFuture<Thread> ran = new CompletableFuture<>();
            environment.executor().execute(() -> ran.complete(Thread.currentThread()));
            assertThat(environment.await(ran, BOUND)).isTrue();
            assertThat(ran.join()).isNotSameAs(Thread.currentThread());
            assertThat(ran.join().isDaemon()).isTrue();
            if (Runtime.version().feature() >= 21) {
                assertThat(Thread.class.getMethod("isVirtual").invoke(ran.join()))
                        .isEqualTo(true);
            }
        }
    }

    @Test
    @DisplayName("sets timers, cancels them, and goes on after one that throws")
    void timers() throws Exception {
        try (SystemEnvironment environment = SystemEnvironment.create()) {
            CompletableFuture<String> fired = new CompletableFuture<>();
            environment
                    .schedule(Duration.ofHours(1), () -> fired.complete("cancelled"))
                    .cancel();
            environment.schedule(Duration.ofSeconds(-1), () -> {
                throw new IllegalStateException("timer");
            });
            environment.schedule(ChronoUnit.FOREVER.getDuration(), () -> fired.complete("never"));
            environment.schedule(Duration.ZERO, () -> fired.complete("at once"));
            assertThat(environment.await(fired, BOUND)).isTrue();
            assertThat(fired).isCompletedWithValue("at once");
        }
    }

    @Test
    @DisplayName("waits for a stage however it completes, for any time a host may ask for, and notices an interrupt")
    void waiting() throws Exception {
        try (SystemEnvironment environment = SystemEnvironment.create()) {
            CompletableFuture<String> failed = CompletableFuture.failedFuture(new IllegalStateException());
            CompletableFuture<String> cancelled = new CompletableFuture<>();
            cancelled.cancel(false);
            CompletableFuture<String> done = CompletableFuture.completedFuture("");
            for (Duration timeout : new Duration[] {
                Duration.ZERO,
                Duration.ofSeconds(-1),
                ChronoUnit.FOREVER.getDuration(),
                Duration.ofSeconds(Long.MIN_VALUE)
            }) {
                assertThat(environment.await(failed, timeout)).isTrue();
                assertThat(environment.await(cancelled, timeout)).isTrue();
                assertThat(environment.await(done.minimalCompletionStage(), timeout))
                        .isTrue();
            }
            CompletableFuture<String> never = new CompletableFuture<>();
            assertThat(environment.await(never, Duration.ZERO)).isFalse();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> environment.await(never, BOUND)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    @DisplayName(
            "interrupts what still runs when it is closed, refuses what comes later, and leaves a host's executor alone")
    void closing() throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        CompletableFuture<String> begun = new CompletableFuture<>();
        SystemEnvironment environment = SystemEnvironment.create();
        environment.executor().execute(() -> {
            begun.complete("");
            try {
                new CompletableFuture<>().get();
            } catch (Exception interrupted) {
                ended.complete(interrupted.getClass().getSimpleName());
            }
        });
        assertThat(environment.await(begun, BOUND)).isTrue();
        environment.close();
        environment.close();
        assertThat(ended.get(1, TimeUnit.MINUTES)).isEqualTo("InterruptedException");
        assertThatThrownBy(() -> environment.executor().execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);

        Set<Runnable> given = new HashSet<>();
        SystemEnvironment hosted = SystemEnvironment.on(given::add);
        CompletableFuture<String> followed = new CompletableFuture<>();
        hosted.executor().execute(() -> followed.complete(""));
        assertThat(hosted.await(followed, BOUND)).isTrue();
        assertThat(given).as("what is no call runs on threads of its own").isEmpty();
        hosted.close();
        hosted.calls().execute(() -> {});
        assertThat(given).hasSize(1);
        assertThatThrownBy(() -> hosted.executor().execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> SystemEnvironment.on(null)).hasMessage("executor");
    }

    @Test
    @DisplayName("gives unique ids of letters, digits and hyphens")
    void ids() {
        try (SystemEnvironment environment = SystemEnvironment.create()) {
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < 1_000; i++) {
                ids.add(environment.newId());
            }
            assertThat(ids).hasSize(1_000).allMatch(id -> id.matches("[A-Za-z0-9-]{1,64}"));
        }
    }
}
