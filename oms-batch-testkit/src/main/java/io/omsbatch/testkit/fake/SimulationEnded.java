package io.omsbatch.testkit.fake;

import java.io.Serial;

/** Ends a call that is still under way when its simulation is closed. An Error, so that few catch it. */
final class SimulationEnded extends Error {

    @Serial
    private static final long serialVersionUID = 1L;

    SimulationEnded() {
        super("the simulation was closed while this call was under way", null, false, false);
    }
}
