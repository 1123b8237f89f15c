package io.omsbatch.examples.service.watch;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.examples.service.engine.EngineLifecycle;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Says whether the engine runs, and whether its journal answers. A parked run needs a person, but not another process. */
@Component("engineHealthIndicator")
class EngineHealth implements HealthIndicator {

    private static final int MOST = 100;

    private final BatchEngine engine;
    private final EngineLifecycle lifecycle;

    EngineHealth(BatchEngine engine, EngineLifecycle lifecycle) {
        this.engine = engine;
        this.lifecycle = lifecycle;
    }

    @Override
    public Health health() {
        if (!lifecycle.isRunning()) {
            return Health.outOfService().withDetail("engine", "closed").build();
        }
        try {
            int parked = engine.list(RunFilter.all().in(RunSummary.State.PARKED), null, MOST)
                    .runs()
                    .size();
            return Health.up()
                    .withDetail("journal", "answers")
                    .withDetail("parkedRuns", parked)
                    .build();
        } catch (JournalException silent) {
            return Health.down(silent).withDetail("journal", silent.kind()).build();
        }
    }
}
