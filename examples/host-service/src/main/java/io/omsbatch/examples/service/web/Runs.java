package io.omsbatch.examples.service.web;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.examples.service.engine.HostAccess;
import org.springframework.stereotype.Component;

/** Finds runs by the ids in addresses, for those who may act on them. */
@Component
class Runs {

    private final BatchEngine engine;
    private final HostAccess access;

    Runs(BatchEngine engine, HostAccess access) {
        this.engine = engine;
        this.access = access;
    }

    BatchRun find(String id) {
        try {
            Limits.id("run", id);
        } catch (InvalidInputException noRunIsCalledSo) {
            throw new NotThere("run", id);
        }
        return engine.find(id).orElseThrow(() -> new NotThere("run", id));
    }

    SwitchoverWorkflow findSwitchover(String id) {
        if (find(id) instanceof SwitchoverWorkflow switchover) {
            return switchover;
        }
        throw new NotNow("NO_SWITCHOVER", "the run " + id + " is no switchover; it has no board");
    }

    /** Makes sure that somebody may act on a run; the engine asks only before it sends something. */
    void ensureAllowed(Actor actor, BatchRun run) {
        if (!access.allows(actor, run.request().operation().kind())) {
            throw new Denied(actor, "act on the run " + run.id());
        }
    }
}
