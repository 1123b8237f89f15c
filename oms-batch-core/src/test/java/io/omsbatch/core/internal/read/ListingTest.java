package io.omsbatch.core.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.core.internal.call.CallDispatcher;
import io.omsbatch.core.internal.limit.CallRate;
import io.omsbatch.core.internal.pace.Backoff;
import io.omsbatch.core.settings.RetrySettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A listing of a page")
class ListingTest {

    private static final RetrySettings RETRY = RetrySettings.defaults();

    private final VirtualEnvironment environment = new VirtualEnvironment(11);
    private final StubGateway gateway = new StubGateway();
    private final CallDispatcher dispatcher = new CallDispatcher(environment, 2, Duration.ofSeconds(15));

    @AfterEach
    void end() {
        environment.close();
    }

    private CompletableFuture<TaskPage> begin(@Nullable String from) {
        Listing listing = new Listing(
                gateway,
                new ReadMeans(
                        environment,
                        new Looker(dispatcher, new CallRate(environment, null)),
                        new Backoff(RETRY, environment.random()),
                        RETRY.retries()));
        return listing.begin(from, 10);
    }

    private CompletableFuture<TaskPage> ended(@Nullable String from) {
        CompletableFuture<TaskPage> done = begin(from);
        environment.runUntilIdle();
        assertThat(done).as("a listing always ends").isDone();
        assertThat(environment.uncaught()).isEmpty();
        return done;
    }

    private void assertFails(String message) {
        assertThatThrownBy(() -> ended(null).join())
                .hasCauseInstanceOf(GatewayException.class)
                .hasMessageContaining(message);
    }

    private static TaskPage page(int tasks, @Nullable String next) {
        return new TaskPage(
                StubGateway.refs(tasks).stream().map(StubGateway::task).toList(), next);
    }

    @Test
    @DisplayName("asks for the page it was told, once")
    void page() {
        gateway.listing = (from, size) -> page(size, "c");
        assertThat(ended("b").join()).isEqualTo(page(10, "c"));
        assertThat(gateway.cursors).containsExactly("b");
    }

    @Test
    @DisplayName("asks again after a failure that may pass")
    void retries() {
        gateway.listing = (from, size) -> {
            if (gateway.cursors.size() <= RETRY.retries()) {
                throw GatewayException.transientFailure("busy", null);
            }
            return page(1, null);
        };
        assertThat(ended(null).join().tasks()).hasSize(1);
        assertThat(gateway.cursors).hasSize(RETRY.retries() + 1);
    }

    @Test
    @DisplayName("RUN-8: fails in bounded time when the platform never answers, is broken, or says no")
    void dead() {
        gateway.listing = (from, size) -> {
            environment.sleep(Duration.ofDays(1));
            return page(0, null);
        };
        assertFails("did not return within 15000 ms");
        assertThat(environment.elapsed()).isLessThan(Duration.ofMinutes(10));
        gateway.listing = (from, size) -> null;
        assertFails("the gateway returned null");
        gateway.listing = (from, size) -> {
            throw GatewayException.rejected("NO", "not allowed", "");
        };
        assertFails("not allowed");
    }

    @Test
    @DisplayName("asks for nothing more once nobody waits for it: neither the first time nor again")
    void ended() {
        gateway.listing = (from, size) -> {
            environment.sleep(Duration.ofSeconds(1));
            throw GatewayException.transientFailure("busy", null);
        };
        CompletableFuture<TaskPage> listing = begin(null);
        environment.advance(Duration.ofMillis(500));
        listing.cancel(false);
        begin(null).cancel(false);
        environment.runUntilIdle();
        assertThat(gateway.cursors).hasSize(1);
    }
}
