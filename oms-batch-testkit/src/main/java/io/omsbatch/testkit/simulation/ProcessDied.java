package io.omsbatch.testkit.simulation;

import java.io.Serial;

/** Ends what a dead process still does, wherever it is. */
final class ProcessDied extends Error {

    @Serial
    private static final long serialVersionUID = 1L;

    ProcessDied() {
        super("the simulated process is dead", null, false, false);
    }
}
