package io.omsbatch.examples.cluster.replica;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.core.settings.CallSettings;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.LeaseSettings;
import io.omsbatch.core.settings.SettleSettings;
import io.omsbatch.examples.cluster.database.Database;
import io.omsbatch.examples.cluster.fleet.FleetGateway;
import java.time.Duration;

/** Engines of the service, one for each process, that share a journal. */
public final class Engines {
    /** Nobody else goes on with the runs of a replica for so long after its death. */
    public static final Duration ALONE_AT_LEAST = Duration.ofMillis(4_500);

    /** A call may take 2 s. Who dies is followed 6 s after its last renewal: what a cutover may well wait for. */
    private static final EngineSettings SETTINGS = EngineSettings.defaults()
            .withSettle(new SettleSettings(Duration.ofMinutes(1), Duration.ofMillis(50), Duration.ofMillis(200)))
            .withCalls(CallSettings.defaults().withTimeout(Duration.ofSeconds(2)))
            .withLease(new LeaseSettings(
                    Duration.ofSeconds(6), Duration.ofMillis(500), ALONE_AT_LEAST, Duration.ofMillis(200)));

    private Engines() {}

    /** The journal that all share. */
    public static JournalStore journal(Database service) {
        return JdbcJournalStore.open(
                service.source(), JdbcJournalSettings.defaults().withCreateTables(true));
    }

    /** The engine of one process. */
    public static BatchEngine engine(FleetGateway gateway, JournalStore journal) {
        return OmsBatch.engine(gateway).journal(journal).settings(SETTINGS).build();
    }
}
