package io.omsbatch.examples.postgres.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.examples.postgres.fixture.Fixture;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.task.Step;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SW-6: Before the source is frozen the gateway shows whether there is a way back")
class WayBackEvidenceIT {
    private final Fixture fixture = new Fixture();
    private final PostgresGateway gateway = new PostgresGateway("postgres", fixture.platform());
    private final String shop = fixture.shop();
    private final String link = Direction.REVERSE.nameFor(shop);

    @AfterEach
    void close() {
        fixture.close();
    }

    private void storeStarted() {
        fixture.operator().bringToSwitchover(List.of(shop));
        fixture.operator().stepsUntil(List.of(shop), Step.TARGET_STORE);
        assertThat(blocked()).isNull();
    }

    private Problem blocked() {
        SwitchoverSnapshot shown = gateway.observe(Set.of(gateway.ref(shop))).get(gateway.ref(shop));
        return shown.evidence().reverseBlocked();
    }

    @Test
    @DisplayName("not if the slot on the target is gone")
    void slotGone() {
        storeStarted();
        fixture.holds(fixture.target(), shop, "SELECT pg_drop_replication_slot('" + link + "') IS NOT NULL");
        assertThat(blocked().code()).isEqualTo("REVERSE_SLOT_LOST");
        assertThat(blocked().message()).contains(shop + " is gone");
    }

    @Test
    @DisplayName(
            "not if the subscription on the source is gone, which was made while the source could reach the target")
    void subscriptionGone() {
        storeStarted();
        fixture.execute(fixture.source(), shop, "ALTER SUBSCRIPTION " + link + " SET (slot_name = NONE)");
        fixture.execute(fixture.source(), shop, "DROP SUBSCRIPTION " + link);
        assertThat(blocked().code()).isEqualTo("REVERSE_NOT_PREPARED");
    }
}
