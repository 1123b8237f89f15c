package io.omsbatch.core.simulation;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.testkit.simulation.SimulatedHost;
import io.omsbatch.testkit.simulation.SimulatedProcess;
import java.time.InstantSource;

/** A host whose listener sends each task that ends a command of its own, past the engine, in the name of the run. */
final class BypassingHost implements SimulatedHost {

    private final SimulatedCore core = new SimulatedCore();

    @Override
    public JournalStore journal(InstantSource clock) {
        return core.journal(clock);
    }

    @Override
    public BatchEngine engine(SimulatedProcess process) {
        return OmsBatch.engine(process.gateway())
                .environment(process.environment())
                .journal(process.journal())
                .listener(event -> {
                    if (event instanceof BatchEvent.TaskEnded ended) {
                        GatewayReply unused = process.gateway()
                                .command(new TaskCommand(
                                        ended.result().ref(),
                                        BatchOperation.stop(),
                                        new CommandContext(
                                                ended.stamp().runId(),
                                                "of its own for "
                                                        + ended.result().ref().id(),
                                                1,
                                                new FencingToken(1),
                                                ended.stamp().at().plusSeconds(15),
                                                new Actor("listener"))));
                    }
                })
                .build();
    }
}
