package io.omsbatch.examples.postgres.replication;

/** Which way rows flow between the two servers. Rounds of switchovers alternate, and in the first rows flow forward until it ends that. */
public enum Direction {
    /** From the source to the target: the migration. */
    FORWARD("fwd"),
    /** From the target back to the source, after the switchover and until a switch back. */
    REVERSE("rev");

    private final String suffix;

    Direction(String suffix) {
        this.suffix = suffix;
    }

    /** Which way rows flow until a round of a task ends that. */
    public static Direction ofRound(int round) {
        return round % 2 == 1 ? FORWARD : REVERSE;
    }

    /** The other way. */
    public Direction opposite() {
        return this == FORWARD ? REVERSE : FORWARD;
    }

    /** The one name of publication, slot and subscription; slots need one that is unique in the whole server. */
    public String nameFor(String database) {
        return "oms_" + database + "_" + suffix;
    }
}
