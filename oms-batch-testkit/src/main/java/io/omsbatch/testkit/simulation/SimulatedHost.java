package io.omsbatch.testkit.simulation;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.testkit.check.RunBounds;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What a simulation is about: the engine as a host builds it, with the host's own policies, settings and listeners.
 *
 * @since 0.1.0
 */
public interface SimulatedHost {

    /**
     * Returns a new, empty journal; it outlives the processes of its trial, as a database would.
     *
     * @param clock the store's own clock
     * @return the journal
     */
    JournalStore journal(InstantSource clock);

    /**
     * Builds the engine of a process, from the environment, the gateway and the journal of that process and from nothing else
     * that tells time, waits, or makes threads. The same settings for every process.
     *
     * @param process the process
     * @return the engine, which the simulation closes
     */
    BatchEngine engine(SimulatedProcess process);

    /**
     * Returns how long a process must be silent at least until another may take its runs over: the lease less the time between two
     * renewals; 22 s, as with the engine's defaults, unless overridden.
     */
    default Duration takenOverAfter() {
        return Duration.ofSeconds(22);
    }

    /** Returns the settings that the promises are judged by; those of an engine built without settings unless overridden. */
    default RunBounds bounds() {
        return RunBounds.defaults();
    }
}
