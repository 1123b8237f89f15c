package io.omsbatch.core;

import io.omsbatch.api.access.AccessPolicy;
import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.engine.HealthGate;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.core.internal.call.CallDispatcher;
import io.omsbatch.core.internal.call.OverdueCalls;
import io.omsbatch.core.internal.limit.CallRate;
import io.omsbatch.core.internal.limit.ResourceLimits;
import io.omsbatch.core.internal.ownership.Leases;
import io.omsbatch.core.internal.pace.Backoff;
import io.omsbatch.core.internal.run.EngineParts;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.core.plan.GuardedPolicy;
import io.omsbatch.core.plan.Planner;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.ResourceLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what an engine is made of. Not thread-safe; each {@link #build} makes an engine of its own.
 *
 * @since 0.1.0
 */
public final class EngineBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(EngineBuilder.class);

    private final TaskGateway gateway;
    private final List<BatchListener> listeners = new ArrayList<>();
    private EngineSettings settings = EngineSettings.defaults();
    private EligibilityPolicy policy = EligibilityPolicy.documented();
    private AccessPolicy access = AccessPolicy.allowAll();
    private final List<ResourceLimit> limits = new ArrayList<>();
    private @Nullable HealthGate gate;
    private @Nullable JournalStore journal;
    private @Nullable Environment environment;

    EngineBuilder(TaskGateway gateway) {
        this.gateway = Objects.requireNonNull(gateway, "gateway: implement TaskGateway for your platform and pass it");
    }

    /**
     * Sets the settings; {@link EngineSettings#defaults()} otherwise.
     *
     * @param value the settings
     * @return this
     */
    public EngineBuilder settings(EngineSettings value) {
        settings = Objects.requireNonNull(value, "settings");
        return this;
    }

    /**
     * Sets the eligibility policy; {@link EligibilityPolicy#documented()} otherwise.
     *
     * @param value the policy
     * @return this
     */
    public EngineBuilder eligibility(EligibilityPolicy value) {
        policy = Objects.requireNonNull(value, "eligibility");
        return this;
    }

    /**
     * Sets the access policy; {@link AccessPolicy#allowAll()} otherwise.
     *
     * @param value the policy
     * @return this
     */
    public EngineBuilder access(AccessPolicy value) {
        access = Objects.requireNonNull(value, "access");
        return this;
    }

    /**
     * Sets the gate that runs in waves ask before their next wave, if their policy wants that; without one such a run is not
     * planned here.
     *
     * @param value the gate
     * @return this
     */
    public EngineBuilder healthGate(HealthGate value) {
        gate = Objects.requireNonNull(value, "healthGate");
        return this;
    }

    /**
     * Limits how many tasks that share a resource may be commanded at once. Several limits hold together.
     *
     * @param value the limit
     * @return this
     */
    public EngineBuilder limit(ResourceLimit value) {
        limits.add(Objects.requireNonNull(value, "limit"));
        return this;
    }

    /**
     * Sets the journal; otherwise the engine makes one that lives in memory and closes it with itself.
     *
     * @param value the journal; the host closes it, after the engine
     * @return this
     */
    public EngineBuilder journal(JournalStore value) {
        journal = Objects.requireNonNull(value, "journal");
        return this;
    }

    /**
     * Sets time and threads; otherwise the engine makes a {@link SystemEnvironment} and closes it with itself.
     *
     * @param value the environment; the host closes it, after the engine
     * @return this
     */
    public EngineBuilder environment(Environment value) {
        environment = Objects.requireNonNull(value, "environment");
        return this;
    }

    /**
     * Adds a listener that is told the events of every run.
     *
     * @param value the listener
     * @return this
     */
    public EngineBuilder listener(BatchListener value) {
        listeners.add(Objects.requireNonNull(value, "listener"));
        return this;
    }

    /** Returns a new engine. */
    public BatchEngine build() {
        List<AutoCloseable> own = new ArrayList<>();
        Environment world = environment;
        if (world == null) {
            SystemEnvironment system = SystemEnvironment.create();
            own.add(system);
            world = system;
        }
        world = AnchoredEnvironment.of(world);
        JournalStore memory = journal;
        if (memory == null) {
            memory = new InMemoryJournalStore(world.clock());
            own.add(memory);
            LOG.info("The journal lives in memory: it forgets everything when this process ends");
        }
        memory = new GuardedJournal(memory);
        CallRate rate = new CallRate(world, settings.calls().rate());
        EngineParts parts = new EngineParts(
                world,
                new CallDispatcher(
                        world, settings.calls().concurrency(), settings.calls().timeout()),
                rate,
                new ResourceLimits(world, limits, settings.calls().timeout()),
                memory,
                settings,
                Objects.requireNonNull(gateway.capabilities(), "TaskGateway.capabilities() returned null"),
                AccessPolicy.allowAll().equals(access) ? access : new GuardedAccess(access),
                gate,
                new Backoff(settings.retry(), world.random()),
                new OverdueCalls());
        Planner planner =
                new Planner(policy, settings.plan().validity(), settings.plan().fourEyes(), memory.durable());
        Leases leases = new Leases(memory, world, settings.lease(), world.newId());
        return new Engine(parts, gateway, planner, new GuardedPolicy(policy), leases, listeners, own);
    }
}
