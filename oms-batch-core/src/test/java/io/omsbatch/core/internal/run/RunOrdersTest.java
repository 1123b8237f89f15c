package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.operation.RunAction;
import io.omsbatch.core.internal.durable.Records.WaveFact;
import io.omsbatch.core.internal.run.RunOrders.Ending;
import io.omsbatch.core.internal.run.RunOrders.WaveMarks;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-9: What operators ordered for a run as a whole")
class RunOrdersTest {

    private static final WaveMarks WAVES = new WaveMarks(3, 2, 1);
    private static final RunOrders SPENT = new RunOrders(true, Ending.BUDGET_SPENT, "5 failed", WAVES, 7);

    @Test
    @DisplayName("is that it pauses or goes on, whatever was ordered before")
    void paused() {
        assertThat(SPENT.after(RunAction.RESUME, "ann", 8))
                .isEqualTo(new RunOrders(false, Ending.BUDGET_SPENT, "5 failed", WAVES, 8));
        assertThat(SPENT.after(RunAction.RESUME, "ann", 8).after(RunAction.PAUSE, "ann", 9))
                .isEqualTo(new RunOrders(true, Ending.BUDGET_SPENT, "5 failed", WAVES, 9));
    }

    @Test
    @DisplayName("is how it ends, which ends a pause too")
    void ends() {
        assertThat(SPENT.after(RunAction.CANCEL, "ann", 8))
                .isEqualTo(new RunOrders(false, Ending.CANCELED, "ann", WAVES, 8));
        assertThat(SPENT.after(RunAction.CANCEL_LEAVING, "ann", 8))
                .isEqualTo(new RunOrders(false, Ending.CANCELED_LEAVING, "ann", WAVES, 8));
        assertThat(SPENT.after(RunAction.CANCEL_UNDOING, "ann", 8))
                .isEqualTo(new RunOrders(false, Ending.CANCELED_UNDOING, "ann", WAVES, 8));
        assertThat(SPENT.after(RunAction.CLOSE_AS_UNKNOWN, "ann", 8))
                .isEqualTo(new RunOrders(false, Ending.CLOSED, "ann", WAVES, 8));
    }

    @Test
    @DisplayName("changes nothing but the version by giving up claims")
    void released() {
        assertThat(SPENT.after(RunAction.RELEASE_CLAIMS, "ann", 8))
                .isEqualTo(new RunOrders(true, Ending.BUDGET_SPENT, "5 failed", WAVES, 8));
    }

    @Test
    @DisplayName("RUN-7: counts as the end of the run, decided by an operator unless its budget was spent")
    void decided() {
        assertThat(RunOrders.NONE.toEnd()).isFalse();
        assertThat(RunOrders.NONE.canceled()).isFalse();
        assertThat(SPENT.toEnd()).isTrue();
        assertThat(SPENT.canceled()).isFalse();
        RunOrders canceled = RunOrders.NONE.after(RunAction.CANCEL, "ann", 8);
        assertThat(canceled.toEnd()).isTrue();
        assertThat(canceled.canceled()).isTrue();
        assertThat(RunOrders.NONE.spent("5 failed", 9))
                .isEqualTo(new RunOrders(false, Ending.BUDGET_SPENT, "5 failed", new WaveMarks(1, 0, 0), 9));
    }

    @Test
    @DisplayName("is not outdated by a wave that begins or stops the run")
    void waves() {
        assertThat(SPENT.after(WaveFact.BEGUN, 4).waves()).isEqualTo(new WaveMarks(4, 2, 1));
        assertThat(SPENT.after(WaveFact.SPENT, 4).waves()).isEqualTo(new WaveMarks(3, 4, 1));
        assertThat(SPENT.after(WaveFact.UNHEALTHY, 4).waves()).isEqualTo(new WaveMarks(3, 2, 4));
        assertThat(SPENT.after(WaveFact.BEGUN, 4).version()).isEqualTo(7);
    }
}
