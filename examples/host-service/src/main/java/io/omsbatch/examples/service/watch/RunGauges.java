package io.omsbatch.examples.service.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.RunState;
import org.springframework.stereotype.Component;

/** Shows how many runs this process works on, by their state. */
@Component
class RunGauges implements MeterBinder {

    private final BatchEngine engine;

    RunGauges(BatchEngine engine) {
        this.engine = engine;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (RunState state : RunState.values()) {
            Gauge.builder(
                            "oms.batch.runs",
                            engine,
                            asked -> asked.runs().stream()
                                    .filter(run -> run.state() == state)
                                    .count())
                    .tag("state", state.name())
                    .register(registry);
        }
    }
}
