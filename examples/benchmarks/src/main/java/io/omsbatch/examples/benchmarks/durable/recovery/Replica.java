package io.omsbatch.examples.benchmarks.durable.recovery;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.settings.CallSettings;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.LeaseSettings;
import io.omsbatch.core.settings.PlanSettings;
import io.omsbatch.core.settings.SettleSettings;
import java.time.Duration;

/** The engine of one process, configured as all that share the journal. */
final class Replica {

    /** For how long a run belongs to a process that was killed. */
    static final Duration LEASE = Duration.ofSeconds(6);

    static final String CONFIGURATION =
            "64 calls at once of at most 1 s, lease 6 s (renewed each second), the first look after 1 ms, else the"
                    + " defaults; JdbcJournalStore over a pool of 8";

    static final int CONNECTIONS = 8;
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int AT_ONCE = 64;

    private Replica() {}

    static BatchEngine engine(FilePlatform platform, JournalStore journal, int items) {
        Duration second = Duration.ofSeconds(1);
        return OmsBatch.engine(platform)
                .journal(journal)
                .settings(EngineSettings.defaults()
                        .withCalls(
                                CallSettings.defaults().withConcurrency(AT_ONCE).withTimeout(second))
                        .withLease(new LeaseSettings(LEASE, second, LEASE.minus(second)))
                        .withSettle(new SettleSettings(PATIENCE, Duration.ofMillis(1), second))
                        .withPlan(PlanSettings.defaults().withMaximumTasks(items)))
                .build();
    }
}
