package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.core.EngineBuilder;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.settings.CallSettings;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.LeaseSettings;
import io.omsbatch.core.settings.SettleSettings;
import io.omsbatch.core.settings.SwitchoverSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The engine of a run, set for servers that are near and quick. */
final class Engines {
    /** It may look often. */
    private static final SettleSettings LOOKS =
            new SettleSettings(Duration.ofMinutes(2), Duration.ofMillis(50), Duration.ofMillis(200));

    /** Whoever goes on after a kill waits for the end of the lease, while nobody may write; so it is short, and so are calls. */
    private static final LeaseSettings LEASE =
            new LeaseSettings(Duration.ofSeconds(8), Duration.ofMillis(500), Duration.ofMillis(6_500));

    /** No source is frozen for a target that nobody compared with it today. */
    private static final Duration VERIFIED_WITHIN = Duration.ofHours(12);

    private static final Duration CALL_LIMIT = Duration.ofSeconds(4);

    private Engines() {}

    /** An engine; without a journal it forgets everything with its process. */
    static BatchEngine build(TaskGateway gateway, @Nullable RunJournal journal, BatchListener... listeners) {
        EngineSettings settings = EngineSettings.defaults()
                .withSettle(LOOKS)
                .withSwitchover(SwitchoverSettings.defaults().withMaximumVerificationAge(VERIFIED_WITHIN));
        EngineBuilder builder = OmsBatch.engine(gateway);
        for (BatchListener listener : listeners) {
            builder.listener(listener);
        }
        return journal == null
                ? builder.settings(settings).build()
                : builder.settings(settings.withCalls(CallSettings.defaults().withTimeout(CALL_LIMIT))
                                .withLease(LEASE))
                        .journal(journal.store())
                        .build();
    }
}
