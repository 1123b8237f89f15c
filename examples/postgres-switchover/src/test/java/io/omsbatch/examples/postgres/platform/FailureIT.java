package io.omsbatch.examples.postgres.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.fixture.Fixture;
import io.omsbatch.examples.postgres.fixture.Operator;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.schema.SchemaCopy;
import io.omsbatch.examples.postgres.task.Going;
import io.omsbatch.examples.postgres.task.Status;
import io.omsbatch.examples.postgres.task.Step;
import io.omsbatch.examples.postgres.task.TaskState.AtStep;
import io.omsbatch.examples.postgres.task.Wish;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A task that cannot go on says why, harms no other, and goes on after the repair")
class FailureIT {
    private final Fixture fixture = new Fixture();
    private final Operator operator = fixture.operator();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @DisplayName("a table without a key stops its own task before anything is published")
    void tableWithoutKey() {
        List<String> shops = fixture.shops(2);
        String broken = shops.get(0);
        fixture.execute(fixture.source(), broken, "CREATE TABLE shop.audit (line text)");

        operator.order(shops, Wish.of(Wish.Kind.START));
        operator.awaitReady(shops.subList(1, 2));
        operator.awaitStatus(broken, Status.FAILED);

        Problem problem = operator.read(broken).problem();
        assertThat(problem.message()).contains("without a primary key: shop.audit");
        assertThat(problem.remedy()).contains("ALTER TABLE \"shop\".\"audit\" ADD PRIMARY KEY");
        assertThat(fixture.holds(fixture.source(), broken, "SELECT EXISTS (SELECT FROM pg_publication)"))
                .isFalse();

        fixture.execute(fixture.source(), broken, "ALTER TABLE shop.audit ADD PRIMARY KEY (line)");
        operator.order(broken, Wish.of(Wish.Kind.RESUME));
        operator.awaitStatus(broken, Status.RUNNING);
        operator.awaitReady(shops);
    }

    @Test
    @DisplayName("one that failed before there was a target database is ended all the same")
    void endsWithoutTarget() {
        String broken = fixture.shops(1).get(0);
        fixture.execute(fixture.source(), broken, "CREATE TABLE shop.audit (line text)");
        operator.order(broken, Wish.of(Wish.Kind.START));
        operator.awaitStatus(broken, Status.FAILED);
        assertThat(fixture.target().has(broken)).isFalse();
        operator.order(broken, Wish.of(Wish.Kind.END));
        operator.awaitStatus(broken, Status.ENDED);
    }

    @Test
    @DisplayName("an open writing transaction is found by the precheck of its own task only")
    void openTransaction() throws Exception {
        List<String> shops = fixture.shops(2);
        String broken = shops.get(0);
        operator.bringToSwitchover(shops);
        operator.step(shops, Step.START);
        try (Connection open =
                        DriverManager.getConnection(fixture.servers().source().jdbcUrl(broken), "postgres", "");
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("UPDATE shop.customer SET name = 'held' WHERE id = 1");
            fixture.await(
                    "its age",
                    () -> fixture.holds(
                            fixture.source(),
                            broken,
                            "SELECT max(clock_timestamp() - xact_start) > '3.5 s' FROM pg_stat_activity WHERE backend_xid IS NOT NULL"));

            Problem problem = operator.failingStep(broken, Step.PRECHECK);
            assertThat(problem.message()).contains("has written in database " + broken);
            assertThat(problem.remedy()).contains("pg_terminate_backend(");
            operator.step(shops.subList(1, 2), Step.PRECHECK);
            operator.step(shops.subList(1, 2), Step.TARGET_STORE);
            // the other database's write stop does not wait for a transaction of this one
            operator.step(shops.subList(1, 2), Step.WRITES_STOPPED);
            open.rollback();
        }
        operator.step(List.of(broken), Step.PRECHECK);
        operator.step(List.of(broken), Step.TARGET_STORE);
    }

    @Test
    @DisplayName("an unfinished transaction keeps the write stop waiting and is named")
    void unfinishedTransaction() throws Exception {
        String shop = fixture.shop();
        operator.bringToSwitchover(List.of(shop));
        operator.stepsUntil(List.of(shop), Step.TARGET_STORE);
        try (Connection open =
                        DriverManager.getConnection(fixture.servers().source().jdbcUrl(shop), "postgres", "");
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("UPDATE shop.customer SET name = 'held' WHERE id = 1");

            Problem problem = operator.failingStep(shop, Step.WRITES_STOPPED);
            assertThat(problem.code()).isEqualTo("WRITES_NOT_STOPPED");
            assertThat(problem.message()).contains("session ").contains("is still writing in source/" + shop);
            assertThat(operator.read(shop).links().stop()).isNull();
            open.commit();
        }
        operator.step(List.of(shop), Step.WRITES_STOPPED);
        operator.step(List.of(shop), Step.CAUGHT_UP);
        assertThat(fixture.platform().verifyStrictly(shop).differences()).isEmpty();
    }

    @Test
    @DisplayName("a row that the target does not take fails the task instead of being tried for ever")
    void conflict() {
        String shop = fixture.shop();
        operator.order(shop, Wish.of(Wish.Kind.START));
        operator.awaitReady(List.of(shop));
        String insert = "INSERT INTO shop.customer (id, name, email) VALUES (9999, 'twice', 'twice@example.org')";
        fixture.execute(fixture.target(), shop, insert);
        fixture.execute(fixture.source(), shop, insert);

        operator.awaitStatus(shop, Status.FAILED);
        assertThat(operator.read(shop).problem().code()).isEqualTo("SUBSCRIPTION_DISABLED");

        fixture.execute(fixture.target(), shop, "DELETE FROM shop.customer WHERE id = 9999");
        operator.order(shop, Wish.of(Wish.Kind.RESUME));
        operator.awaitStatus(shop, Status.RUNNING);
        fixture.await(
                "the row",
                () -> fixture.holds(
                        fixture.target(), shop, "SELECT EXISTS (SELECT FROM shop.customer WHERE id = 9999)"));
    }

    @Test
    @DisplayName("a slot that is gone is seen although PostgreSQL reports no error")
    void slotGone() {
        String shop = fixture.shop();
        operator.order(shop, Wish.of(Wish.Kind.START));
        operator.awaitReady(List.of(shop));
        String name = Direction.FORWARD.nameFor(shop);
        fixture.execute(fixture.target(), shop, "ALTER SUBSCRIPTION " + name + " DISABLE");
        fixture.await(
                "the end of the sender",
                () -> fixture.holds(
                        fixture.source(),
                        shop,
                        "SELECT NOT active FROM pg_replication_slots WHERE slot_name = '" + name + "'"));
        fixture.execute(fixture.source(), shop, "DO $$BEGIN PERFORM pg_drop_replication_slot('" + name + "'); END$$");

        operator.awaitStatus(shop, Status.FAILED);
        assertThat(operator.read(shop).problem().code()).isIn("SLOT_LOST", "SUBSCRIPTION_DISABLED");
        operator.order(shop, Wish.of(Wish.Kind.END));
        operator.awaitStatus(shop, Status.ENDED);
    }

    @Test
    @DisplayName("a row too many on the target fails the verification, which can then be skipped")
    void verificationFindsDifference() {
        String shop = fixture.shop();
        fixture.execute(fixture.target(), "postgres", "CREATE DATABASE " + shop);
        try (Session source = fixture.source().open(shop);
                Session target = fixture.target().open(shop)) {
            SchemaCopy.copy(source, target);
            target.execute("INSERT INTO shop.customer (id, name, email) VALUES (9999, 'x', 'x@example.org')");
        }
        operator.order(shop, Wish.of(Wish.Kind.START));
        operator.awaitStatus(shop, Status.FAILED);
        Problem problem = operator.read(shop).problem();
        assertThat(problem.code()).isEqualTo("ROWS_DIFFER");
        assertThat(problem.message())
                .contains("shop.customer: 30 rows on the source, 31 on the target, 1 differ, such as [(9999)]");

        operator.order(shop, Wish.of(Wish.Kind.SKIP_VERIFICATION));
        operator.order(shop, Wish.of(Wish.Kind.RESUME));
        operator.awaitStatus(shop, Status.RUNNING);
        assertThat(operator.read(shop).state().going()).isEqualTo(Going.SKIPPED);
        operator.order(shop, Wish.of(Wish.Kind.ENTER_SWITCHOVER));
    }

    @Test
    @DisplayName("a strict comparison finds the smallest difference of one value")
    void strictFindsDifference() {
        String shop = fixture.shop();
        operator.order(shop, Wish.of(Wish.Kind.START));
        operator.awaitReady(List.of(shop));
        fixture.execute(fixture.target(), shop, "UPDATE shop.purchase SET rate = rate + 1e-15 WHERE id = 7");
        assertThat(fixture.platform().verifyStrictly(shop).differences())
                .contains("shop.purchase: 300 rows on the source, 300 on the target, 1 differ, such as [(7)]");
    }

    @Test
    @DisplayName("the reverse increment is refused while rows may still flow forward")
    void reverseNeedsQuietForward() {
        String shop = fixture.shop();
        operator.bringToSwitchover(List.of(shop));
        operator.stepsUntil(List.of(shop), Step.CAUGHT_UP);
        operator.order(shop, Wish.skip(Step.FORWARD_STOPPED, 1));
        operator.step(List.of(shop), Step.OBJECTS);

        assertThat(operator.failingStep(shop, Step.REVERSE_STARTED).code()).isEqualTo("FORWARD_NOT_QUIET");
        assertThat(fixture.platform().look().quiet(shop, Direction.REVERSE)).isTrue();

        try (Session target = fixture.target().open(shop)) {
            target.execute("ALTER SUBSCRIPTION " + Direction.FORWARD.nameFor(shop) + " DISABLE");
        }
        fixture.await("quiet", () -> fixture.platform().look().quiet(shop, Direction.FORWARD));
        operator.step(List.of(shop), Step.REVERSE_STARTED);
        assertThat(operator.read(shop).state().switchover())
                .isEqualTo(new AtStep(Step.REVERSE_STARTED, Going.FINISHED, null, 1));
    }
}
