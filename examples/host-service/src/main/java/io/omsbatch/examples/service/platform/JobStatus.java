package io.omsbatch.examples.service.platform;

/** Where a job stands in its life. */
public enum JobStatus {
    /** Was never started. */
    CREATED,
    /** Works. */
    ACTIVE,
    /** Was halted, and can go on. */
    HALTED,
    /** Is being closed. */
    CLOSING,
    /** Is over; only its record is left. */
    CLOSED
}
