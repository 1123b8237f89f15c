package io.omsbatch.examples.service.engine;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Takes up the runs of the process before, and closes the engine. Its phase is below those of the web server: runs are taken up before the
 * first request is let in, and the engine is closed once the last one is answered, while its databases are still open.
 */
@Component
public final class EngineLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EngineLifecycle.class);

    private final BatchEngine engine;
    private volatile boolean running;

    EngineLifecycle(BatchEngine engine) {
        this.engine = engine;
    }

    @Override
    public void start() {
        List<BatchRun> taken = engine.recover();
        running = true;
        LOG.info("The engine runs; it has taken up {} runs", taken.size());
    }

    @Override
    public void stop() {
        running = false;
        engine.close();
        LOG.info("The engine is closed; what had not ended is in the journal, for whoever recovers next");
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
