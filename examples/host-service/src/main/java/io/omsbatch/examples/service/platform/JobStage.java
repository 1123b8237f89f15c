package io.omsbatch.examples.service.platform;

/** What a job works on, in order; it goes from one to the next by itself, but not into the cutover. */
public enum JobStage {
    /** Creates the tables on the target. */
    PREPARE,
    /** Copies the rows that are there. */
    COPY,
    /** Follows the changes of the source from now on. */
    FOLLOW,
    /** Compares source and target. */
    COMPARE,
    /** Moves the application over. */
    CUTOVER;

    /** How far a stage is. */
    public enum Mark {
        /** Not over. */
        OPEN,
        /** Over. */
        DONE,
        /** Passed over. */
        SKIPPED
    }
}
