package io.omsbatch.core.process;

import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The server is stopped, in turn orderly and as by a crash, and started again at once or after a while. */
final class Restarts implements Trouble {

    private static final int LONG_MILLIS = 4_200;
    private static final int LONGER_MILLIS = 1_500;

    private final Postmaster postmaster;
    private int times;

    Restarts(Postmaster postmaster) {
        this.postmaster = postmaster;
    }

    @Override
    public Fault make(Random random) throws InterruptedException {
        Postmaster.Stop how = times % 2 == 0 ? Postmaster.Stop.CRASH : Postmaster.Stop.FAST;
        boolean longer = times % 4 >= 2;
        times++;
        postmaster.stop(how);
        Instant gone = Instant.now();
        TimeUnit.MILLISECONDS.sleep(
                longer ? LONG_MILLIS + random.nextInt(LONGER_MILLIS) : random.nextInt(LONGER_MILLIS));
        Instant starting = Instant.now();
        postmaster.start();
        return new Fault(how.said + (longer ? ", away for long" : ""), gone, starting, Fault.Reach.NOTHING_WORKS);
    }
}
