package io.omsbatch.examples.postgres.task;

/** How much attention a task's alerts get. */
public enum Protection {
    /** None. */
    NONE,
    /** Little. */
    LOW,
    /** Some. */
    MEDIUM,
    /** All. */
    HIGH
}
