package io.omsbatch.testkit.model;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.testkit.contract.GatewayBench;
import io.omsbatch.testkit.contract.ModelTask;
import io.omsbatch.testkit.contract.SwitchoverBench;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/**
 * A model of the life of a migration task and of its switchovers, by which a host verifies the transitions of its own platform with
 * random walks. A walk begins with a task that was never started; each action is an operation or a step, mostly one that fits the task as
 * it is, sometimes one that does not. What fits must lead to what it is for, what does not must have no effect, and a task may only become
 * what it can become by itself.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<ActionChain<ModelTask>> walks() {
 *     return TransitionModel.walks(MyBench::new).withMaxTransformations(12);
 * }
 *
 * @Property(tries = 20)
 * void transitions(@ForAll("walks") ActionChain<ModelTask> walk) {
 *     TransitionModel.check(walk);
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class TransitionModel {

    /** The tasks of the walk that the thread is on, so that they are removed however it ends. */
    private static final ThreadLocal<List<ModelTask>> OPEN = ThreadLocal.withInitial(ArrayList::new);

    private TransitionModel() {}

    /**
     * Returns walks over a platform that follows the documented policy.
     *
     * @param bench makes a bench for each walk; one that is a {@link SwitchoverBench} is taken through switchovers too
     * @return the walks, of 32 actions at most unless that is changed
     */
    public static ActionChainArbitrary<ModelTask> walks(Supplier<? extends GatewayBench> bench) {
        return walks(bench, EligibilityPolicy.documented());
    }

    /**
     * Returns walks over a platform.
     *
     * @param bench makes a bench for each walk; one that is a {@link SwitchoverBench} is taken through switchovers too
     * @param policy what the platform allows
     * @return the walks, of 32 actions at most unless that is changed
     */
    public static ActionChainArbitrary<ModelTask> walks(
            Supplier<? extends GatewayBench> bench, EligibilityPolicy policy) {
        return ActionChain.<ModelTask>startWith(() -> opened(bench.get(), policy))
                .withAction(6, new Choice<>("", task -> task.operations(true), ModelTask::order))
                .withAction(2, new Choice<>("what does not fit: ", task -> task.operations(false), ModelTask::order))
                .withAction(8, new Choice<>("", task -> task.steps(true), ModelTask::step))
                .withAction(1, new Choice<>("too early: ", task -> task.steps(false), ModelTask::stepTooEarly))
                .withAction(3, Action.just("rest", Transformer.mutate("rest", ModelTask::rest)));
    }

    private static ModelTask opened(GatewayBench bench, EligibilityPolicy policy) {
        ModelTask task = ModelTask.on(bench, policy);
        OPEN.get().add(task);
        return task;
    }

    /**
     * Takes a walk, and removes its task afterwards.
     *
     * @param walk the walk
     * @throws AssertionError if a transition is not as it should be; the message tells the walk
     */
    public static void check(ActionChain<ModelTask> walk) {
        try {
            ModelTask unused = walk.run();
        } finally {
            List<ModelTask> tasks = OPEN.get();
            OPEN.remove();
            tasks.forEach(ModelTask::close);
        }
    }

    /** One of the things that can be done to the task as it is. */
    private record Choice<T>(String prefix, Function<ModelTask, List<T>> choices, BiConsumer<ModelTask, T> doing)
            implements Action.Dependent<ModelTask> {

        @Override
        public boolean precondition(ModelTask task) {
            return !choices.apply(task).isEmpty();
        }

        @Override
        public Arbitrary<Transformer<ModelTask>> transformer(ModelTask task) {
            return Arbitraries.of(choices.apply(task))
                    .map(choice -> Transformer.mutate(prefix + choice, walker -> doing.accept(walker, choice)));
        }
    }
}
