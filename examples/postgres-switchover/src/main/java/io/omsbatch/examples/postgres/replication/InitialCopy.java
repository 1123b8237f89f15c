package io.omsbatch.examples.postgres.replication;

/**
 * How far the copy of the rows that were there at the start has come.
 *
 * @param ready tables that are copied and follow the changes
 * @param tables all tables of the subscription
 */
public record InitialCopy(int ready, int tables) {

    /** Whether every table is copied. */
    public boolean done() {
        return ready == tables;
    }
}
