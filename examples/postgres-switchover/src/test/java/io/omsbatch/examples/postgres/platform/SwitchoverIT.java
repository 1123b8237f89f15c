package io.omsbatch.examples.postgres.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.fixture.Fixture;
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
        fixture.platform().openTarget(shop);
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
