package io.omsbatch.examples.service.platform;

/** The steps of the cutover, in order. */
public enum CutStep {
    /** A mark; changes nothing. */
    BEGIN,
    /** Looks for what is in the way. */
    CHECK,
    /** Keeps the target's changes from now on, for the way back. */
    KEEP_TARGET_LOG,
    /** Takes down up to where the source was written, once nobody writes to it any more. */
    SOURCE_QUIET,
    /** The target has all that was written. */
    CAUGHT_UP,
    /** Stops following the source. */
    STOP_FOLLOWING,
    /** Somebody has dealt with what is not rows: triggers, jobs, users. */
    OBJECTS,
    /** Lets the source follow the target. */
    FOLLOW_BACK;

    /** What is to be done with a step. */
    public enum Way {
        /** Carry it out. */
        RUN,
        /** Pass over it. */
        SKIP,
        /** Take it back. */
        UNDO
    }

    /** How the step is at which a job stands. */
    public enum State {
        /** Its turn has come. */
        WAITING,
        /** Under way. */
        RUNNING,
        /** It did not work out; it can be run again. */
        FAILED,
        /** Over. */
        DONE
    }
}
