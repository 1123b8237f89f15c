package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.FailureBudget.Measure;
import io.omsbatch.api.operation.FailureBudget.Mode;
import io.omsbatch.api.operation.RunPolicy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** RUN-7, by its formula, over all small cases and random large ones. */
@Label("RUN-7: The permits of a run")
class PermitsProperties {

    private static final int SMALL = 7;

    /** The formula as it is written down, in another way of calculating. */
    private static long allowed(FailureBudget budget, int eligible) {
        return budget.measure() == Measure.TASKS
                ? budget.value()
                : BigInteger.valueOf(budget.value())
                        .multiply(BigInteger.valueOf(eligible))
                        .divide(BigInteger.valueOf(10_000))
                        .longValueExact();
    }

    private static void check(FailureBudget budget, boolean ramp, int eligible, int failed, int succeeded, int limit) {
        RunPolicy policy = new RunPolicy(budget, ramp, null, null, null);
        Permits permits = Permits.of(policy, new Permits.Tally(eligible, failed, succeeded), null, limit);
        long most = allowed(budget, eligible);
        assertThat(permits.spent()).isEqualTo(failed > most);
        if (permits.spent()) {
            assertThat(permits.inFlight()).isZero();
            return;
        }
        long expected = budget.mode() == Mode.STRICT ? most + 1 - failed : limit;
        boolean ramping = ramp && succeeded + 1 < limit;
        assertThat((long) permits.inFlight()).isEqualTo(ramping ? Math.min(expected, succeeded + 1L) : expected);
        assertThat(permits.inFlight()).as("a run that is not spent goes on").isPositive();
    }

    @Example
    @Label("follow the formula in every small case")
    void everySmallCase() {
        int cases = 0;
        for (Mode mode : Mode.values()) {
            for (int eligible = 0; eligible <= SMALL; eligible++) {
                for (FailureBudget budget : small(mode)) {
                    for (int failed = 0; failed <= eligible; failed++) {
                        for (int succeeded = 0; failed + succeeded <= eligible; succeeded++) {
                            for (int limit = 1; limit <= SMALL; limit++) {
                                check(budget, false, eligible, failed, succeeded, limit);
                                check(budget, true, eligible, failed, succeeded, limit);
                                cases += 2;
                            }
                        }
                    }
                }
            }
        }
        assertThat(cases).isGreaterThan(10_000);
    }

    private static List<FailureBudget> small(Mode mode) {
        List<FailureBudget> budgets = new ArrayList<>();
        for (int tasks = 0; tasks <= SMALL + 1; tasks++) {
            budgets.add(new FailureBudget(Measure.TASKS, tasks, mode));
        }
        for (int points : new int[] {0, 1, 1_428, 1_429, 3_333, 5_000, 9_999, 10_000}) {
            budgets.add(new FailureBudget(Measure.BASIS_POINTS, points, mode));
        }
        return budgets;
    }

    @Property
    @Label("follow the formula in large cases, without overflow")
    void largeCases(
            @ForAll Measure measure,
            @ForAll Mode mode,
            @ForAll @IntRange(max = 10_000) int value,
            @ForAll boolean ramp,
            @ForAll @IntRange(max = 1_000_000) int eligible,
            @ForAll @IntRange(max = 1_000_000) int failed,
            @ForAll @IntRange(max = 1_000_000) int succeeded,
            @ForAll @IntRange(min = 1, max = 10_000) int limit) {
        check(new FailureBudget(measure, value, mode), ramp, eligible, failed, succeeded, limit);
    }

    @Example
    @Label("of a ramp double with each round that succeeds")
    void ramps() {
        int succeeded = 0;
        List<Integer> rounds = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            int permitted = Permits.of(RunPolicy.none().withRamp(), new Permits.Tally(1_000, 0, succeeded), null, 20)
                    .inFlight();
            rounds.add(permitted);
            succeeded += Math.min(permitted, 20);
        }
        assertThat(rounds).containsExactly(1, 2, 4, 8, 16, Permits.UNBOUND);
    }
}
