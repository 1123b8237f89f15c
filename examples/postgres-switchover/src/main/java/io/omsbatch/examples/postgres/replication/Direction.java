package io.omsbatch.examples.postgres.replication;

/** Which way rows flow between the two servers. */
public enum Direction {
    /** From the source to the target: the migration. */
    FORWARD("fwd"),
    /** From the target back to the source, after the switchover. */
    REVERSE("rev");

    private final String suffix;

    Direction(String suffix) {
        this.suffix = suffix;
    }

    /** The one name of publication, slot and subscription; slots need one that is unique in the whole server. */
    public String nameFor(String database) {
        return "oms_" + database + "_" + suffix;
    }
}
