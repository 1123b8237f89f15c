package io.omsbatch.testkit.contract;

/**
 * How a disposable task is to be when a contract begins with it.
 *
 * @since 0.1.0
 */
public enum TaskSetup {
    /** Status NOT_STARTED. */
    NOT_STARTED("not started"),
    /** Status RUNNING, in any stage before the switchover. */
    RUNNING("running"),
    /** Status STOPPED, in any stage before the switchover. */
    STOPPED("stopped"),
    /** Status ENDED. */
    ENDED("ended"),
    /** Status RUNNING, within its full verification. */
    IN_FULL_VERIFICATION("within its full verification"),
    /** Status RUNNING, with the last stage before the switchover done. */
    READY_FOR_SWITCHOVER("ready for the switchover");

    private final String title;

    TaskSetup(String title) {
        this.title = title;
    }

    /** Returns the setup as a test says it. */
    public String title() {
        return title;
    }
}
