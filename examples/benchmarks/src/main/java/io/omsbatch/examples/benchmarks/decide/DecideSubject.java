package io.omsbatch.examples.benchmarks.decide;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Decides all pairs and keeps every decision; verified against the documented policy.
 *
 * @param <D> a decision
 */
final class DecideSubject<D> implements Subject {

    private final BiFunction<MigrationTask, BatchOperation, D> decide;
    private final Predicate<D> eligible;

    /**
     * Creates it.
     *
     * @param decide decides one pair
     * @param eligible what a decision says
     */
    DecideSubject(BiFunction<MigrationTask, BatchOperation, D> decide, Predicate<D> eligible) {
        this.decide = decide;
        this.eligible = eligible;
    }

    @Override
    public Iteration prepare(int items) {
        Pairs pairs = new Pairs(items);
        List<D> decisions = new ArrayList<>(items);
        return new Iteration() {
            @Override
            public void run() {
                for (int i = 0; i < pairs.size(); i++) {
                    decisions.add(decide.apply(pairs.task(i), pairs.operation(i)));
                }
            }

            @Override
            public void verify() {
                if (decisions.size() != items) {
                    throw new WrongOutcomesException(decisions.size() + " decisions over " + items + " pairs");
                }
                for (int i = 0; i < items; i++) {
                    boolean right = EligibilityPolicy.documented()
                            .judge(pairs.task(i), pairs.operation(i))
                            .eligible();
                    if (eligible.test(decisions.get(i)) != right) {
                        throw new WrongOutcomesException(
                                "pair " + i + ", " + pairs.operation(i) + " of " + pairs.task(i) + ", is judged wrong");
                    }
                }
            }
        };
    }
}
