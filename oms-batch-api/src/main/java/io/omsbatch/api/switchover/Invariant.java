package io.omsbatch.api.switchover;

/**
 * The safety rules of a cutover that an operator may waive by skipping a step. Each waiver names exactly one of them.
 *
 * @since 0.1.0
 */
public enum Invariant {
    /** The last switchover of the task was long enough ago. Waived by retrying step 1 after that was doubted. */
    COOLED_DOWN("the application changes sides again soon after the last time"),
    /** The precheck found nothing that blocks. Waived by skipping step 2. */
    PRECHECK_PASSED("the switchover runs although its precheck did not pass"),
    /** A way back exists (SW-6). Waived by skipping step 3, which removes step 8. */
    REVERSE_PATH("there is no way back: without a target store the reverse increment cannot start"),
    /** The task was verified lately. Waived by retrying step 4 after that was doubted. */
    VERIFIED_LATELY("rows that differ may go unnoticed: the task was not verified lately"),
    /** The write freeze is expected to fit into its budget (SW-9). Waived by retrying step 4 after that was doubted. */
    FREEZE_FITS("the source may be frozen for longer than its budget"),
    /** Everything written before the write stop was applied (SW-4). Waived by skipping step 5. */
    CAUGHT_UP("writes that the target has not applied may be lost"),
    /** The engine itself stopped the forward sync. Waived by skipping step 6; it must be observed stopped all the same. */
    FORWARD_STOPPED_BY_ENGINE("forward sync must be stopped by other means before anything flows back");

    private final String consequence;

    Invariant(String consequence) {
        this.consequence = consequence;
    }

    /** Returns what follows from waiving it, as one sentence for the operator who is asked. */
    public String consequence() {
        return consequence;
    }
}
