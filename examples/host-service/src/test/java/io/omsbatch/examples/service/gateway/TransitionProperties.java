package io.omsbatch.examples.service.gateway;

import io.omsbatch.testkit.contract.ModelTask;
import io.omsbatch.testkit.model.TransitionModel;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

/** Takes tasks of the service's platform through random lives and switchovers. */
class TransitionProperties {

    @Provide
    Arbitrary<ActionChain<ModelTask>> walks() {
        return TransitionModel.walks(JobBench::new, ForwardOnly.documented());
    }

    @Property(tries = 30)
    void transitions(@ForAll("walks") ActionChain<ModelTask> walk) {
        TransitionModel.check(walk);
    }
}
