package io.omsbatch.examples.postgres.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.examples.postgres.fixture.Fixture;
import io.omsbatch.examples.postgres.task.Protection;
import io.omsbatch.examples.postgres.task.Step;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("FENCING: an owner whose token is outdated has no effect (DUR-2)")
class FencingIT {
    private static final AtomicInteger KEYS = new AtomicInteger();

    private final Fixture fixture = new Fixture();
    private PostgresGateway gateway = new PostgresGateway("postgres", fixture.platform());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @DisplayName("not even through another process of the platform, which never saw the newer one")
    void overProcesses() {
        String shop = fixture.shop();
        assertThat(protect(shop, AlertLevel.HIGH, 2)).isEqualTo(GatewayReply.done());
        fixture.restart();
        gateway = new PostgresGateway("postgres", fixture.platform());

        assertThat(protect(shop, AlertLevel.LOW, 1)).isInstanceOfSatisfying(GatewayReply.Refused.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo("FENCED");
            assertThat(refused.problem().message()).contains("token 1 of run the-run is outdated, 2 was seen");
        });
        assertThat(fixture.operator().read(shop).protection()).isEqualTo(Protection.HIGH);
    }

    @Test
    @DisplayName("also after a newer one was only refused")
    void refusedCountsAsSeen() {
        String shop = fixture.shop();
        fixture.operator().bringToSwitchover(List.of(shop));
        fixture.operator().stepsUntil(List.of(shop), Step.CAUGHT_UP);
        GatewayReply tooEarly = gateway.command(new StepCommand(
                gateway.ref(shop), SwitchoverStep.START_REVERSE_INCREMENT, 1, StepCommand.Action.RUN, context(2)));
        assertThat(code(tooEarly)).isEqualTo("FORWARD_NOT_QUIET");

        assertThat(code(protect(shop, AlertLevel.LOW, 1))).isEqualTo("FENCED");
        assertThat(code(gateway.command(new StepCommand(
                        gateway.ref(shop),
                        SwitchoverStep.START_REVERSE_INCREMENT,
                        1,
                        StepCommand.Action.RUN,
                        context(1)))))
                .isEqualTo("FENCED");
    }

    @Test
    @DisplayName("nor one whose check has passed already: a newer one is not answered before that has had its effect")
    void atomic() throws Exception {
        List<String> shops = fixture.shops(2);
        try (Connection other =
                        DriverManager.getConnection(fixture.servers().target().jdbcUrl("oms_control"), "postgres", "");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM task WHERE id = '" + shops.get(0) + "' FOR UPDATE");
            CompletableFuture<GatewayReply> older =
                    CompletableFuture.supplyAsync(() -> protect(shops.get(0), AlertLevel.LOW, 1));
            awaitWaiting(1);
            CompletableFuture<GatewayReply> newer =
                    CompletableFuture.supplyAsync(() -> protect(shops.get(1), AlertLevel.HIGH, 2));
            awaitWaiting(2);
            assertThat(newer).isNotDone();

            other.rollback();
            assertThat(newer.get()).isEqualTo(GatewayReply.done());
            assertThat(fixture.operator().read(shops.get(0)).protection())
                    .as("what the older one asked for, as soon as the newer one is answered")
                    .isEqualTo(Protection.LOW);
            assertThat(older.get()).isEqualTo(GatewayReply.done());
        }
        assertThat(code(protect(shops.get(0), AlertLevel.MEDIUM, 1))).isEqualTo("FENCED");
    }

    private void awaitWaiting(int sessions) {
        fixture.await(
                sessions + " waiting sessions",
                () -> fixture.holds(
                        fixture.target(),
                        "oms_control",
                        "SELECT count(*) = " + sessions + " FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND wait_event_type = 'Lock'"));
    }

    private GatewayReply protect(String shop, AlertLevel level, long token) {
        return gateway.command(
                new TaskCommand(gateway.ref(shop), BatchOperation.modifyAlertLevel(level), context(token)));
    }

    private static CommandContext context(long token) {
        return new CommandContext(
                "the-run",
                "fencing-" + KEYS.incrementAndGet(),
                1,
                new FencingToken(token),
                Instant.now().plusSeconds(10),
                new Actor("tester"));
    }

    private static String code(GatewayReply reply) {
        return ((GatewayReply.Refused) reply).problem().code();
    }
}
