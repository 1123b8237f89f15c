package io.omsbatch.core.process;

import java.time.Instant;

/**
 * A failure of the journal's database that was made.
 *
 * @param kind what was done
 * @param begun since when it was so
 * @param over until when it was so, at least
 * @param reach what did not work in between
 */
record Fault(String kind, Instant begun, Instant over, Reach reach) {

    /** What does not work. */
    enum Reach {
        /** Whatever was under way failed, and all has worked since. */
        MOMENT,
        /** What takes room fails, all else may work. */
        NO_ROOM,
        /** Nothing works. */
        NOTHING_WORKS
    }

    /** Whether runs may be let go of meanwhile. */
    boolean lasts() {
        return reach != Reach.MOMENT;
    }

    boolean silent() {
        return reach == Reach.NOTHING_WORKS;
    }
}
