package io.omsbatch.core.internal.run;

import io.omsbatch.api.access.AccessPolicy;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.engine.HealthGate;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.call.CallDispatcher;
import io.omsbatch.core.internal.call.OverdueCalls;
import io.omsbatch.core.internal.limit.CallRate;
import io.omsbatch.core.internal.limit.ResourceLimits;
import io.omsbatch.core.internal.pace.Backoff;
import io.omsbatch.core.internal.read.Looker;
import io.omsbatch.core.internal.read.ReadMeans;
import io.omsbatch.core.settings.EngineSettings;
import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What all runs of an engine share.
 *
 * @param environment time, threads, ids and chance
 * @param dispatcher makes the gateway calls
 * @param rate how often calls of the platform begin
 * @param limits what runs may use at once of what their tasks share
 * @param journal remembers
 * @param settings everything that was set
 * @param capabilities what the gateway declares
 * @param access decides who may do what; never throws
 * @param gate says whether a run may go on to its next wave, or null if the engine has none
 * @param backoff the pauses before retries
 * @param overdue the commands that were given up
 */
public record EngineParts(
        Environment environment,
        CallDispatcher dispatcher,
        CallRate rate,
        ResourceLimits limits,
        JournalStore journal,
        EngineSettings settings,
        GatewayCapabilities capabilities,
        AccessPolicy access,
        @Nullable HealthGate gate,
        Backoff backoff,
        OverdueCalls overdue) {

    /** Returns whether the access policy need not be asked. */
    boolean allowsAll() {
        return AccessPolicy.allowAll().equals(access);
    }

    /** Returns whether it is limited how often commands begin. */
    boolean paced() {
        return rate.limited() || limits.paced();
    }

    /** Returns what looks at the platform. */
    public Looker looker() {
        return new Looker(dispatcher, rate);
    }

    /** Returns what every read needs. */
    public ReadMeans reads() {
        return new ReadMeans(environment, looker(), backoff, settings.retry().retries());
    }

    /**
     * Says which task is of a platform that the gateway does not serve, so that no run with it may be carried out here.
     *
     * @param tasks the tasks
     * @return what to tell of the first such task, or null if all are served
     */
    public @Nullable String unserved(Collection<TaskRef> tasks) {
        return tasks.stream()
                .filter(task -> !capabilities.serves(task))
                .findFirst()
                .map(task -> "the task " + task
                        + " is on a platform that the gateway of this engine does not serve; it serves "
                        + new TreeSet<>(capabilities.platforms()))
                .orElse(null);
    }
}
