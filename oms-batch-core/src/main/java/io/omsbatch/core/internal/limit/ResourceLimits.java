package io.omsbatch.core.internal.limit;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.core.settings.ResourceLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the limits for what tasks share, for all runs of an engine (RUN-10). A task takes a place at each of its resources or at
 * none, before the look that comes before its command, so that the command can follow at once. Whoever finds no room is told when
 * there is some, and tries again if it can use it then: no place is kept for a run that is paused. Thread-safe; no lock of others is taken while its own is held.
 */
public final class ResourceLimits {

    private static final Logger LOG = LoggerFactory.getLogger(ResourceLimits.class);

    /** Tasks whose key function fails share one resource. */
    private static final String UNKNOWN = "";

    private static final Taken FREE = new Taken(Places.FREE, null);

    /** So many resources are remembered before idle ones are forgotten. */
    private static final int FEW = 256;

    private final Environment environment;
    private final List<ResourceLimit> limits;
    private final long timeoutNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ResourceKey, Resource> resources = new HashMap<>();
    private int sweepAt = FEW;

    /**
     * Creates limits of which nothing is used.
     *
     * @param environment time
     * @param limits the limits for what tasks share, none or more
     * @param timeout how long a call that was given up has to return, once such calls hold every place of a resource
     */
    public ResourceLimits(Environment environment, Collection<ResourceLimit> limits, Duration timeout) {
        this.environment = environment;
        this.limits = List.copyOf(limits);
        this.timeoutNanos = timeout.toNanos();
    }

    /** What is known of one resource. */
    private static final class Resource {
        final ResourceKey key;
        final int most;
        final @Nullable RateWindow rate;

        /** Those that found no room, the one that has waited longest first. */
        final Set<Waiting> waiting = new LinkedHashSet<>();

        int used;
        int hung;

        /** Whether somebody looks later whether its rate has room. */
        boolean timed;

        /** Whether somebody looks later whether calls still hang. */
        boolean watched;

        Resource(ResourceKey key, ResourceLimit limit) {
            this.key = key;
            this.most = limit.tasks();
            this.rate = limit.rate() == null ? null : new RateWindow(limit.rate());
        }

        boolean reserve(long now) {
            return used < most && (rate == null || rate.reserve(1, now));
        }

        void giveBack() {
            if (rate != null) {
                rate.giveBack(1);
            }
        }

        /** Whoever has just got a place comes after the others next time. */
        void served(Waiting who) {
            if (waiting.remove(who)) {
                waiting.add(who);
            }
        }

        boolean idle(long now) {
            return used == 0 && waiting.isEmpty() && !timed && !watched && (rate == null || rate.idle(now));
        }
    }

    /**
     * What became of the wish for places.
     *
     * @param places the places, or null
     * @param full the resource that had no room, or null
     */
    public record Taken(@Nullable Places places, @Nullable ResourceKey full) {}

    /** Returns whether any limit is one to how often commands begin. */
    public boolean paced() {
        return limits.stream().anyMatch(limit -> limit.rate() != null);
    }

    /**
     * Returns the resources that a task uses, in the order of the limits.
     *
     * @param task the task as it was planned
     */
    public List<ResourceKey> keysOf(MigrationTask task) {
        List<ResourceKey> keys = new ArrayList<>(limits.size());
        for (int limit = 0; limit < limits.size(); limit++) {
            String key = keyOf(limits.get(limit), task);
            if (key != null) {
                keys.add(new ResourceKey(limit, key));
            }
        }
        return List.copyOf(keys);
    }

    private static @Nullable String keyOf(ResourceLimit limit, MigrationTask task) {
        try {
            return limit.key().apply(task);
        } catch (Throwable failure) { // the host's function; without a key no limit may be exceeded
            LOG.error(
                    "The key of the {} that {} uses is not known: it threw {}",
                    limit.resource(),
                    task.ref(),
                    failure.getClass().getName());
            return UNKNOWN;
        }
    }

    /**
     * Says what a task waits for that found no room.
     *
     * @param full the resource that had none
     */
    public String describe(ResourceKey full) {
        ResourceLimit limit = limits.get(full.limit());
        String which = full.key().equals(UNKNOWN) ? " that is not known" : " " + full;
        return "room at the " + limit.resource() + which + ": " + limit;
    }

    /**
     * Takes a place at each of the resources, or at none; then the one who wants it is told once there may be room.
     *
     * @param keys the resources
     * @param wanting who wants them
     * @return the places, or which resource had no room
     */
    public Taken take(List<ResourceKey> keys, Waiting wanting) {
        if (keys.isEmpty()) {
            return FREE;
        }
        lock.lock();
        try {
            long now = environment.nanoTime();
            for (int i = 0; i < keys.size(); i++) {
                Resource resource = resource(keys.get(i));
                if (!resource.reserve(now)) {
                    keys.subList(0, i).forEach(key -> resource(key).giveBack());
                    resource.waiting.add(wanting);
                    watch(resource, now);
                    return new Taken(null, resource.key);
                }
            }
            for (ResourceKey key : keys) {
                Resource resource = resource(key);
                resource.used++;
                resource.served(wanting);
            }
            return new Taken(new Places(keys, true), null);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a place at each of the resources even if there is no room, for a command that was sent by an engine before.
     *
     * @param keys the resources
     */
    public Places adopt(List<ResourceKey> keys) {
        if (keys.isEmpty()) {
            return Places.FREE;
        }
        lock.lock();
        try {
            keys.forEach(key -> resource(key).used++);
            return new Places(keys, false);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that the command for which a task has its places begins now.
     *
     * @param places the places
     * @return whether they still hold
     */
    public boolean begin(Places places) {
        if (places.free()) {
            return true;
        }
        lock.lock();
        try {
            if (!places.over && places.reserved) {
                places.reserved = false;
                long now = environment.nanoTime();
                for (ResourceKey key : places.keys) {
                    Resource resource = resource(key);
                    if (resource.rate != null) {
                        resource.rate.begin(now);
                        watch(resource, now);
                    }
                }
            }
            return !places.over;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives places back; to do so again changes nothing.
     *
     * @param places the places
     * @return who is to be woken
     */
    public Collection<Waiting> release(Places places) {
        if (places.free()) {
            return List.of();
        }
        lock.lock();
        try {
            if (places.over) {
                return List.of();
            }
            places.over = true;
            Set<Waiting> told = new LinkedHashSet<>();
            for (ResourceKey key : places.keys) {
                Resource resource = resource(key);
                resource.used--;
                resource.hung -= places.hung ? 1 : 0;
                if (places.reserved) {
                    resource.giveBack();
                }
                told.addAll(tell(resource));
            }
            return told;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that places are only held by a call that was given up and has not returned.
     *
     * @param places the places
     */
    public void hangs(Places places) {
        lock.lock();
        try {
            if (!places.over && !places.hung) {
                places.hung = true;
                long now = environment.nanoTime();
                for (ResourceKey key : places.keys) {
                    Resource resource = resource(key);
                    resource.hung++;
                    watch(resource, now);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that somebody does not wait for a resource any more.
     *
     * @param key the resource
     * @param waiting who waited
     */
    public void leave(ResourceKey key, Waiting waiting) {
        lock.lock();
        try {
            resource(key).waiting.remove(waiting);
        } finally {
            lock.unlock();
        }
    }

    /** Looks at a resource again when its rate has room, or when calls that hang have had time to return; the lock must be held. */
    private void watch(Resource resource, long now) {
        if (resource.waiting.isEmpty()) {
            return;
        }
        long wait = resource.rate == null ? Long.MAX_VALUE : resource.rate.waitNanos(1, now);
        if (!resource.timed && wait != Long.MAX_VALUE && resource.used < resource.most) {
            resource.timed = later(wait, () -> roomAgain(resource));
        }
        if (!resource.watched && resource.hung == resource.most) {
            resource.watched = later(timeoutNanos, () -> lookAtHung(resource));
        }
    }

    private boolean later(long nanos, Runnable what) {
        try {
            environment.schedule(Duration.ofNanos(nanos), what);
            return true;
        } catch (RuntimeException | Error refused) { // the environment was closed, and all runs with it
            LOG.debug("A limit is not watched any more: {}", refused.getClass().getName());
            return false;
        }
    }

    private void roomAgain(Resource resource) {
        Collection<Waiting> told;
        lock.lock();
        try {
            resource.timed = false;
            told = tell(resource);
        } finally {
            lock.unlock();
        }
        told.forEach(Waiting::wake);
    }

    private void lookAtHung(Resource resource) {
        List<Waiting> told = List.of();
        lock.lock();
        try {
            resource.watched = false;
            if (resource.hung == resource.most) {
                told = List.copyOf(resource.waiting);
                resource.waiting.clear();
            }
        } finally {
            lock.unlock();
        }
        told.forEach(waiting -> waiting.stuck(resource.key));
    }

    private static Collection<Waiting> tell(Resource resource) {
        resource.waiting.forEach(waiting -> waiting.freed(resource.key));
        return List.copyOf(resource.waiting);
    }

    private Resource resource(ResourceKey key) {
        Resource known = resources.get(key);
        if (known == null) {
            forgetIdle();
            known = new Resource(key, limits.get(key.limit()));
            resources.put(key, known);
        }
        return known;
    }

    /** A host may make ever new keys. */
    private void forgetIdle() {
        if (resources.size() >= sweepAt) {
            long now = environment.nanoTime();
            resources.values().removeIf(resource -> resource.idle(now));
            sweepAt = Math.max(FEW, resources.size() * 2);
        }
    }
}
