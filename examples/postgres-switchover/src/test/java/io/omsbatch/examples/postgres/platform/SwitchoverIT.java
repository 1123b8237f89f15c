package io.omsbatch.examples.postgres.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.examples.postgres.cutover.Door;
import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.fixture.Fixture;
import io.omsbatch.examples.postgres.fixture.Operator;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.server.PostgresVersion;
import io.omsbatch.examples.postgres.shop.ShopWriter;
import io.omsbatch.examples.postgres.shop.WriteLedger.WriteCount;
import io.omsbatch.examples.postgres.task.Part;
import io.omsbatch.examples.postgres.task.Status;
import io.omsbatch.examples.postgres.task.Step;
import io.omsbatch.examples.postgres.task.Wish;
import io.omsbatch.examples.postgres.verify.VerificationResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The platform takes databases through the whole switchover")
class SwitchoverIT {

    @ParameterizedTest(name = "six at once under writes, from {0} to V18")
    @EnumSource(PostgresVersion.class)
    void whole(PostgresVersion source) {
        try (Fixture fixture = new Fixture(source)) {
            List<String> shops = fixture.shops(6, 1000, EnumSet.allOf(Part.class));
            fixture.write(shops, 20);
            fixture.operator().bringToSwitchover(shops);
            fixture.operator().stepsUntil(shops, Step.REVERSE_STARTED);
            shops.forEach(shop -> {
                nothingIsLost(fixture, shop);
                flowsBack(fixture, shop);
            });
            fixture.operator().order(shops, Wish.of(Wish.Kind.STOP));
            fixture.operator().awaitStatus(shops, Status.STOPPED);
            fixture.operator().order(shops, Wish.of(Wish.Kind.END));
            fixture.operator().awaitStatus(shops, Status.ENDED);
            shops.forEach(shop -> assertThat(left(fixture, shop)).isEmpty());
        }
    }

    @Test
    @DisplayName("and back; what is taken back then leaves alone what the source had before (SW-8)")
    void back() {
        try (Fixture fixture = new Fixture()) {
            List<String> shops = fixture.shops(1);
            String shop = shops.get(0);
            Operator operator = fixture.operator();
            operator.bringToSwitchover(shops);
            operator.stepsUntil(shops, Step.REVERSE_STARTED);
            flowsBack(fixture, shop);
            String before = objects(fixture.source(), shop);
            assertThat(before).contains("FOREIGN KEY").contains("TRIGGER").isEqualTo(objects(fixture.target(), shop));

            operator.order(shop, Wish.of(Wish.Kind.ENTER_SWITCH_BACK));
            operator.stepsUntil(shops, Step.OBJECTS);
            assertThat(new Door(fixture.target(), shop).isShut()).isTrue();
            for (Step step :
                    List.of(Step.OBJECTS, Step.FORWARD_STOPPED, Step.TARGET_STORE, Step.START, Step.WRITES_STOPPED)) {
                takeBack(operator, shop, step);
            }
            assertThat(objects(fixture.source(), shop)).isEqualTo(before);
            assertThat(new Door(fixture.target(), shop).isShut()).isFalse();
            assertThat(fixture.platform().holds(shop, Direction.FORWARD)).isFalse();
            assertThat(fixture.platform().look().working(shop, Direction.REVERSE))
                    .isTrue();
        }
    }

    private static void takeBack(Operator operator, String shop, Step step) {
        operator.order(shop, Wish.undo(step, 2));
        operator.await(List.of(shop), task -> task.state().switchover().undo() == null);
        assertThat(operator.read(shop).problem()).isNull();
    }

    private static String objects(Databases server, String shop) {
        try (Session session = server.open(shop)) {
            return String.join(
                    "\n",
                    session.list(
                            "SELECT conname || ' ' || pg_get_constraintdef(oid) || convalidated FROM pg_constraint"
                                    + " WHERE contype = 'f' UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger"
                                    + " WHERE NOT tgisinternal ORDER BY 1",
                            row -> row.getString(1)));
        }
    }

    private static void nothingIsLost(Fixture fixture, String shop) {
        ShopWriter writer = fixture.writer(shop);
        fixture.await("the end of the writer", () -> !writer.writing());
        VerificationResult strict = fixture.platform().verifyStrictly(shop);
        assertThat(strict.differences()).isEmpty();
        assertThat(strict.tables()).hasSize(3);
        try (Session target = fixture.target().open(shop)) {
            WriteCount count = writer.ledger().compare(ShopWriter.rowsIn(target));
            assertThat(count.lost()).isZero();
            assertThat(count.unexplained()).isZero();
            assertThat(count.committed()).isPositive();
        }
    }

    private static void flowsBack(Fixture fixture, String shop) {
        fixture.platform().open(shop, Direction.REVERSE);
        fixture.execute(
                fixture.target(),
                shop,
                "INSERT INTO shop.purchase (customer_id, note) VALUES (1, 'written on the target')");
        fixture.await(
                "the row on the source",
                () -> fixture.holds(
                        fixture.source(),
                        shop,
                        "SELECT EXISTS (SELECT FROM shop.purchase WHERE note = 'written on the target')"));
        // the sequence went on where the source had stopped: neither of the two keys was given twice
        assertThat(
                        fixture.holds(
                                fixture.source(),
                                shop,
                                "SELECT count(*) = count(DISTINCT id) AND count(*) = count(DISTINCT invoice) FROM shop.purchase"))
                .isTrue();
    }

    private static List<String> left(Fixture fixture, String shop) {
        List<String> left = new ArrayList<>();
        for (Databases server : List.of(fixture.source(), fixture.target())) {
            for (Direction direction : Direction.values()) {
                try (Session session = server.open(shop)) {
                    left.addAll(session.list(
                            "SELECT 'slot ' || slot_name FROM pg_replication_slots WHERE database = current_database()"
                                    + " UNION ALL SELECT 'publication ' || pubname FROM pg_publication"
                                    + " UNION ALL SELECT 'subscription ' || subname FROM pg_subscription WHERE subname = ?",
                            row -> row.getString(1),
                            direction.nameFor(shop)));
                }
            }
        }
        return left;
    }
}
