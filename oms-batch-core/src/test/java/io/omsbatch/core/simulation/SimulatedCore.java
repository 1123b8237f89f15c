package io.omsbatch.core.simulation;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.testkit.simulation.SimulatedHost;
import io.omsbatch.testkit.simulation.SimulatedProcess;
import java.time.InstantSource;

/** The engine as it comes, without a setting changed. */
final class SimulatedCore implements SimulatedHost {

    @Override
    public JournalStore journal(InstantSource clock) {
        return new InMemoryJournalStore(clock);
    }

    @Override
    public BatchEngine engine(SimulatedProcess process) {
        return OmsBatch.engine(process.gateway())
                .environment(process.environment())
                .journal(process.journal())
                .build();
    }
}
