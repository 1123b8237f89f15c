package io.omsbatch.examples.postgres.task;

/** What a task was configured to do. */
public enum Part {
    /** Create the tables on the target. */
    SCHEMA,
    /** Copy the rows that are there. */
    FULL,
    /** Follow the changes. */
    INCREMENTAL,
    /** Compare all rows. */
    VERIFICATION,
    /** After the switchover let changes flow back. */
    REVERSE
}
