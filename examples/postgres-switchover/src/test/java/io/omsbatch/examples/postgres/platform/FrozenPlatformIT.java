package io.omsbatch.examples.postgres.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.ServerAddress;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.fixture.Fixture;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.task.Status;
import io.omsbatch.examples.postgres.task.Wish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A process of the platform that is frozen while it works")
class FrozenPlatformIT {
    private static final String ENABLING =
            " FROM pg_stat_activity WHERE query LIKE 'ALTER SUBSCRIPTION%ENABLE' AND wait_event_type = 'Lock'";

    private final Fixture fixture = new Fixture();

    @TempDir
    private Path folder;

    private Process frozen;

    @AfterEach
    void close() throws Exception {
        if (frozen != null) {
            frozen.destroyForcibly().waitFor();
        }
        fixture.close();
    }

    @Test
    @DisplayName("is followed by another, has no effect when it wakes up, and does not make the task fail")
    void frozen() throws Exception {
        String shop = fixture.shop();
        fixture.operator().order(shop, Wish.of(Wish.Kind.START));
        fixture.operator().awaitReady(List.of(shop));
        fixture.operator().order(shop, Wish.of(Wish.Kind.STOP));
        fixture.operator().awaitStatus(shop, Status.STOPPED);
        fixture.restart(this::startAnother);

        try (Connection other =
                        DriverManager.getConnection(fixture.servers().target().jdbcUrl(shop), "postgres", "");
                Statement statement = other.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            other.setAutoCommit(false);
            statement.execute("ALTER SUBSCRIPTION " + Direction.FORWARD.nameFor(shop) + " DISABLE");
            fixture.operator().order(shop, Wish.of(Wish.Kind.RESUME));
            fixture.await(
                    "its work", () -> fixture.holds(fixture.target(), shop, "SELECT EXISTS (SELECT" + ENABLING + ")"));
            String enabling = who(shop);
            signal("STOP");
            fixture.await(
                    "the one that follows",
                    () -> fixture.holds(
                            fixture.target(),
                            shop,
                            "SELECT EXISTS (SELECT" + ENABLING + " AND application_name <> '" + enabling + "')"));
            for (Databases server : List.of(fixture.source(), fixture.target())) {
                assertThat(fixture.holds(
                                server,
                                "postgres",
                                "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = '" + enabling
                                        + "')"))
                        .as("no session of the frozen one is left")
                        .isTrue();
            }
            signal("CONT");
            fixture.await("the end of its work", () -> said().contains("could not work on task " + shop));
            assertThat(said()).contains("NOT_LEADER");
            assertThat(fixture.operator().read(shop).state().status()).isEqualTo(Status.RESUMING);
            other.rollback();
        }
        fixture.operator().awaitStatus(shop, Status.RUNNING);
        assertThat(fixture.operator().read(shop).problem()).isNull();
    }

    private String who(String shop) {
        try (Session session = fixture.target().open(shop)) {
            return session.text("SELECT application_name" + ENABLING);
        }
    }

    /** Returns once it leads. */
    private void startAnother() {
        ServerAddress target = fixture.servers().target();
        try {
            frozen = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Another.class.getName(),
                            "" + fixture.servers().source().port(),
                            "" + target.port())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("said").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Databases databases = new Databases(target, "FrozenPlatformIT")) {
            fixture.await(
                    "its lead",
                    () -> fixture.holds(
                            databases,
                            "oms_control",
                            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 7101)"));
        }
    }

    private void signal(String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, "" + frozen.pid())
                        .start()
                        .waitFor())
                .isZero();
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("said"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another process of the platform. */
    static final class Another {
        private Another() {}

        public static void main(String[] ports) throws InterruptedException {
            MigrationPlatform.between(
                    new ServerAddress("source", "localhost", Integer.parseInt(ports[0]), "postgres"),
                    new ServerAddress("target", "localhost", Integer.parseInt(ports[1]), "postgres"),
                    InstantSource.system());
            new CountDownLatch(1).await();
        }
    }
}
