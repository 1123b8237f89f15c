package io.omsbatch.api.engine;

/**
 * The state of a run, as its handle shows it.
 *
 * @since 0.1.0
 */
public enum RunState {
    /** At work, or waiting for an operator. */
    RUNNING,
    /** Begins nothing new until an operator resumes it; what is in flight settles. */
    PAUSED,
    /** Resting until somebody decides what becomes of it; its tasks stay claimed. */
    PARKED,
    /** Every task has its outcome. */
    ENDED,
    /** This engine no longer owns the run and records nothing more; another one does, or nobody. */
    LOST
}
