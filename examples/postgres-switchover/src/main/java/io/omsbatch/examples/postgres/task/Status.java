package io.omsbatch.examples.postgres.task;

/** What a task is doing on the whole. */
public enum Status {
    /** Never started. */
    NEW,
    /** Told to start; whether it can is being looked at. */
    STARTING,
    /** In progress. */
    RUNNING,
    /** Told to stop; its workers may still be there. */
    STOPPING,
    /** No worker is there. */
    STOPPED,
    /** Told to go on; its workers may not be back yet. */
    RESUMING,
    /** Could not go on; its problem says why. */
    FAILED,
    /** Everything is done. */
    COMPLETED,
    /** Told to let go of its links; some may still be there. */
    ENDING,
    /** Nothing is left of it on the servers but the rows. */
    ENDED
}
