package io.omsbatch.examples.postgres.replication;

/** The timelines of the two servers. Thread-safe. */
public final class Timelines {
    private final Timeline source = new Timeline();
    private final Timeline target = new Timeline();

    /** The timeline of the server where a link begins. */
    Timeline of(Direction direction) {
        return direction == Direction.FORWARD ? source : target;
    }
}
