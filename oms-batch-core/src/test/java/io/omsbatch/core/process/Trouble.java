package io.omsbatch.core.process;

import java.util.Random;

/** A way in which the database of a journal fails. */
interface Trouble {

    /** Lets it fail once, and returns when it works again. */
    Fault make(Random random) throws InterruptedException;
}
