package io.omsbatch.testkit.assertion;

import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.SwitchoverBoard;

/**
 * Where assertions about plans, reports and boards begin. May be imported statically beside the {@code assertThat} of AssertJ.
 *
 * @since 0.1.0
 */
public final class OmsAssertions {

    private OmsAssertions() {}

    /**
     * Begins assertions about a plan.
     *
     * @param plan the plan
     * @return the assertions
     */
    public static PlanAssert assertThat(BatchPlan plan) {
        return new PlanAssert(plan);
    }

    /**
     * Begins assertions about a report.
     *
     * @param report the report
     * @return the assertions
     */
    public static ReportAssert assertThat(BatchReport report) {
        return new ReportAssert(report);
    }

    /**
     * Begins assertions about a board.
     *
     * @param board the board
     * @return the assertions
     */
    public static BoardAssert assertThat(SwitchoverBoard board) {
        return new BoardAssert(board);
    }
}
