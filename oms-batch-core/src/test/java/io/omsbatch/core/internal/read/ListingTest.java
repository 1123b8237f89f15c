package io.omsbatch.core.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.call.CallDispatcher;
import io.omsbatch.core.internal.pace.Backoff;
import io.omsbatch.core.settings.RetrySettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A listing")
class ListingTest {

    private static final RetrySettings RETRY = RetrySettings.defaults();

    private final VirtualEnvironment environment = new VirtualEnvironment(11);
    private final StubGateway gateway = new StubGateway();
    private final CallDispatcher dispatcher = new CallDispatcher(environment, 2, Duration.ofSeconds(15));

    @AfterEach
    void end() {
        environment.close();
    }

    private CompletableFuture<List<TaskRef>> begin(Predicate<MigrationTask> wanted, int most) {
        Listing listing = new Listing(
                gateway, environment, dispatcher, new Backoff(RETRY, environment.random()), RETRY.retries());
        CompletableFuture<List<TaskRef>> done = listing.begin(wanted, most, 10).toCompletableFuture();
        environment.runUntilIdle();
        assertThat(done).as("a listing always ends").isDone();
        assertThat(environment.uncaught()).isEmpty();
        return done;
    }

    private void assertFails(Predicate<MigrationTask> wanted, String message) {
        assertThatThrownBy(() -> begin(wanted, 1_000).join())
                .hasCauseInstanceOf(GatewayException.class)
                .hasMessageContaining(message);
    }

    private static TaskPage page(int from, int to, String next) {
        return new TaskPage(
                StubGateway.refs(to).subList(from, to).stream()
                        .map(StubGateway::task)
                        .toList(),
                next);
    }

    @Test
    @DisplayName("goes through all pages in the platform's order, empty ones included, and asks for each once")
    void pages() {
        gateway.listing = (from, size) -> from == null
                ? page(0, 10, "b")
                : switch (from) {
                    case "b" -> page(0, 0, "c");
                    case "c" -> page(10, 15, "d");
                    default -> page(0, 0, null);
                };
        assertThat(begin(task -> true, 1_000).join()).containsExactlyElementsOf(StubGateway.refs(15));
        assertThat(gateway.cursors).containsExactly(null, "b", "c", "d");
    }

    @Test
    @DisplayName("keeps those that are wanted, each once, and stops as soon as it has enough")
    void wanted() {
        gateway.listing = (from, size) -> from == null ? page(0, 10, "b") : page(5, 15, from + "b");
        assertThat(begin(task -> task.ref().id().length() == 2, 10).join())
                .containsExactlyElementsOf(StubGateway.refs(10));
        assertThat(gateway.cursors).hasSize(1);
        gateway.cursors.clear();
        assertThat(begin(task -> true, 15).join()).containsExactlyElementsOf(StubGateway.refs(15));
        assertThat(gateway.cursors).hasSize(2);
    }

    @Test
    @DisplayName("RUN-8: fails when the pages go round in circles")
    void circle() {
        gateway.listing = (from, size) -> page(0, 1, "b".equals(from) ? "c" : "b");
        assertFails(task -> true, "the platform's pages go round in circles");
        assertThat(gateway.cursors).hasSize(3);
    }

    @Test
    @DisplayName("RUN-8: fails when the platform sends empty pages without end")
    void endless() {
        gateway.listing = (from, size) -> page(0, 0, "page " + gateway.cursors.size());
        assertFails(task -> true, "more than " + Listing.MOST_EMPTY_PAGES + " empty pages in a row");
    }

    @Test
    @DisplayName("fails when the selection throws, whatever it throws")
    void selectionThrows() {
        gateway.listing = (from, size) -> page(0, 10, null);
        assertFails(
                task -> {
                    throw new IllegalStateException("evil\u001b");
                },
                "the selection threw java.lang.IllegalStateException: evil\\u{1b}");
        assertFails(
                task -> {
                    throw new StackOverflowError();
                },
                "the selection threw java.lang.StackOverflowError");
    }

    @Test
    @DisplayName("asks again after a failure that may pass, and counts anew for each page")
    void retries() {
        gateway.listing = (from, size) -> {
            if (gateway.cursors.size() % RETRY.retries() != 0) {
                throw GatewayException.transientFailure("busy", null);
            }
            return page(0, 1, from == null ? "b" : null);
        };
        assertThat(begin(task -> true, 10).join()).hasSize(1);
        assertThat(gateway.cursors).hasSize(2 * RETRY.retries());
    }

    @Test
    @DisplayName("RUN-8: fails in bounded time when the platform never answers, is broken, or says no")
    void dead() {
        gateway.listing = (from, size) -> {
            environment.sleep(Duration.ofDays(1));
            return page(0, 0, null);
        };
        assertFails(task -> true, "did not return within 15000 ms");
        assertThat(environment.elapsed()).isLessThan(Duration.ofMinutes(10));
        gateway.listing = (from, size) -> null;
        assertFails(task -> true, "the gateway returned null");
        gateway.listing = (from, size) -> {
            throw GatewayException.rejected("NO", "not allowed", "");
        };
        assertFails(task -> true, "not allowed");
    }
}
