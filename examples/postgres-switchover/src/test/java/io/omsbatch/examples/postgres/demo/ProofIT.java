package io.omsbatch.examples.postgres.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.examples.postgres.fixture.Fixture;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.shop.WriteLedger;
import io.omsbatch.examples.postgres.show.Terminal;
import io.omsbatch.examples.postgres.task.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The proof fails when something was lost")
class ProofIT {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Fixture fixture = new Fixture();
    private final String shop = fixture.shop();
    private final Fleet fleet = new Fleet(fixture.platform(), List.of(shop));

    @BeforeEach
    void switchOver() {
        fleet.startWriting(50, name -> WriteLedger.inMemory());
        fixture.operator().bringToSwitchover(List.of(shop));
        fixture.await("writes", () -> fleet.committed() > 20);
        fixture.operator().stepsUntil(List.of(shop), Step.REVERSE_STARTED);
        fixture.await("the end of the writer", () -> !fleet.writer(shop).writing());
    }

    @AfterEach
    void close() {
        fleet.close();
        fixture.close();
    }

    @Test
    @DisplayName("holds when nothing was")
    void holds() {
        assertThat(proof()).as(this::text).isTrue();
        assertThat(text()).contains("1 of 1 databases: 0 writes lost of ");
    }

    @Test
    @DisplayName("a committed write that is not on the target is counted as lost, on both counts")
    void lostWrite() {
        fixture.execute(
                fixture.target(),
                shop,
                "DELETE FROM shop.purchase WHERE writer_row = (SELECT max(writer_row) FROM shop.purchase)");
        // the reverse increment carries the loss to the source: only the writer's own ledger still knows
        fixture.await(
                "the loss on the source",
                () -> fixture.holds(
                        fixture.source(),
                        shop,
                        "SELECT count(*) < " + fleet.committed() + " FROM shop.purchase WHERE writer_row IS NOT NULL"));
        assertThat(proof()).isFalse();
        assertThat(text()).contains("0 of 1 databases: 1 writes lost of ").contains("NOT PROVEN " + shop);
    }

    @Test
    @DisplayName("a value that differs is named")
    void changedValue() {
        fixture.execute(fixture.source(), shop, "UPDATE shop.customer SET balance = balance + 0.01 WHERE id = 3");
        assertThat(proof()).isFalse();
        assertThat(text()).contains("shop.customer: ").contains("1 differ, such as [(3)]");
    }

    @Test
    @DisplayName("a way back that does not carry rows is no way back")
    void noWayBack() {
        fixture.execute(fixture.source(), shop, "ALTER SUBSCRIPTION oms_" + shop + "_rev DISABLE");
        assertThat(proof()).isFalse();
        assertThat(text()).contains("0 of 1 databases: a row written to the target arrived");
    }

    private boolean proof() {
        Terminal terminal = Terminal.plain(new PrintStream(shown, true, StandardCharsets.UTF_8));
        return new Proof(fixture.platform(), Direction.FORWARD, fleet, fleet.names(), terminal).holds();
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
