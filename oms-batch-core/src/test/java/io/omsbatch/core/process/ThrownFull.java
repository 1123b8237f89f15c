package io.omsbatch.core.process;

import io.omsbatch.core.journal.jdbc.FaultySource;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The driver says that the disk is full, also when something is committed. */
final class ThrownFull implements Trouble {

    private static final int LEAST_MILLIS = 500;
    private static final int LONGER_MILLIS = 1_500;

    private final FaultySource source;

    ThrownFull(FaultySource source) {
        this.source = source;
    }

    @Override
    public Fault make(Random random) throws InterruptedException {
        Instant begun = Instant.now();
        source.full(true);
        TimeUnit.MILLISECONDS.sleep(LEAST_MILLIS + random.nextInt(LONGER_MILLIS));
        source.full(false);
        return new Fault("disk full by the driver's word", begun, Instant.now(), Fault.Reach.NO_ROOM);
    }
}
