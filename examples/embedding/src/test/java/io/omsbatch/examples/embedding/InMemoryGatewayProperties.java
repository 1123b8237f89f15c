package io.omsbatch.examples.embedding;

import io.omsbatch.testkit.contract.ModelTask;
import io.omsbatch.testkit.model.TransitionModel;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

/** Takes tasks through random lives: what fits must lead to what it is for, what does not must have no effect. */
class InMemoryGatewayProperties {

    @Provide
    Arbitrary<ActionChain<ModelTask>> walks() {
        return TransitionModel.walks(InMemoryBench::new); // lends the gateway and disposable tasks
    }

    @Property(tries = 100)
    void transitions(@ForAll("walks") ActionChain<ModelTask> walk) {
        TransitionModel.check(walk);
    }
}
