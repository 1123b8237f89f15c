package io.omsbatch.core.internal.run;

import io.omsbatch.api.access.AccessPolicy;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.core.internal.call.CallDispatcher;
import io.omsbatch.core.internal.call.OverdueCalls;
import io.omsbatch.core.internal.pace.Backoff;
import io.omsbatch.core.settings.EngineSettings;

/**
 * What all runs of an engine share.
 *
 * @param environment time, threads, ids and chance
 * @param dispatcher makes the gateway calls
 * @param journal remembers
 * @param settings everything that was set
 * @param capabilities what the gateway declares
 * @param access decides who may do what; never throws
 * @param backoff the pauses before retries
 * @param overdue the commands that were given up
 */
public record EngineParts(
        Environment environment,
        CallDispatcher dispatcher,
        JournalStore journal,
        EngineSettings settings,
        GatewayCapabilities capabilities,
        AccessPolicy access,
        Backoff backoff,
        OverdueCalls overdue) {}
