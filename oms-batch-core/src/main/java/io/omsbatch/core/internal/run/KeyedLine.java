package io.omsbatch.core.internal.run;

import io.omsbatch.core.internal.limit.Places;
import io.omsbatch.core.internal.limit.ResourceKey;
import io.omsbatch.core.internal.limit.ResourceLimits;
import io.omsbatch.core.internal.limit.ResourceLimits.Taken;
import io.omsbatch.core.internal.limit.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait to be looked at before their commands, in groups that use the same resources: the groups take turns, and one
 * whose resources have no room stands aside until they do, so that it keeps none of the others. Guarded by the run's lock.
 */
final class KeyedLine implements Waiting {

    private final ResourceLimits limits;
    private final Runnable wake;
    private final Consumer<ResourceKey> stuck;
    private final Map<List<ResourceKey>, Group> groups = new HashMap<>();

    /** The groups whose turn comes. */
    private final Deque<Group> turns = new ArrayDeque<>();

    /** Those that stand aside, by the resource that had no room. */
    private final Map<ResourceKey, Deque<Group>> aside = new HashMap<>();

    /** The resources that may have room again. */
    private final Set<ResourceKey> freed = new LinkedHashSet<>();

    /** What it was told of them since; not guarded. */
    private final Queue<ResourceKey> told = new ConcurrentLinkedQueue<>();

    /**
     * Creates a line in which nobody waits.
     *
     * @param limits the limits for what tasks share
     * @param wake lets the run look whether it can go on; called without a lock
     * @param stuck takes a resource whose places are all held by calls that do not return; called without a lock
     */
    KeyedLine(ResourceLimits limits, Runnable wake, Consumer<ResourceKey> stuck) {
        this.limits = limits;
        this.wake = wake;
        this.stuck = stuck;
    }

    /** Tasks that use the same resources. Either its turn comes, or it stands aside, or it is empty and forgotten. */
    static final class Group {
        private final List<ResourceKey> keys;
        private final Deque<TaskEntry> tasks = new ArrayDeque<>();
        private String waitsFor = "";

        Group(List<ResourceKey> keys) {
            this.keys = keys;
        }

        /** Returns the resource that has no room for them, for operators; empty while their turn comes. */
        String waitsFor() {
            return waitsFor;
        }

        /** Returns the first task that still waits, or null if none does. */
        @Nullable
        TaskEntry head() {
            TaskEntry head = tasks.peek();
            while (head != null && (head.phase() != Phase.QUEUED || head.busy || head.group != this)) {
                tasks.poll();
                head = tasks.peek();
            }
            return head;
        }
    }

    void add(TaskEntry entry) {
        Group group = groups.get(entry.keys());
        if (group == null) {
            group = new Group(entry.keys());
            groups.put(group.keys, group);
            turns.add(group);
        }
        group.tasks.add(entry);
        entry.group = group;
    }

    @Override
    public void freed(ResourceKey key) {
        told.add(key);
    }

    @Override
    public void wake() {
        wake.run();
    }

    @Override
    public void stuck(ResourceKey key) {
        stuck.accept(key);
    }

    /** Returns whether the turn of any task may come now. */
    boolean mayTake() {
        return !turns.isEmpty() || !freed.isEmpty() || !told.isEmpty();
    }

    /** Takes the next page of tasks, each with its places; one that is to be looked at alone makes a page of its own. */
    List<TaskEntry> take(int most) {
        List<TaskEntry> page = new ArrayList<>();
        while (page.size() < most) {
            recall();
            Group group = turns.peek();
            if (group == null) {
                break;
            }
            TaskEntry head = group.head();
            if (head != null && head.alone && !page.isEmpty()) {
                break;
            }
            turns.remove();
            if (head == null) {
                groups.remove(group.keys);
                continue;
            }
            Taken taken = limits.take(group.keys, this);
            Places places = taken.places();
            if (places == null) {
                stepAside(group, taken.full());
                continue;
            }
            group.tasks.remove();
            turns.add(group);
            head.places = places;
            page.add(head);
            if (head.alone) {
                break;
            }
        }
        return page;
    }

    private void stepAside(Group group, @Nullable ResourceKey full) {
        if (full != null) {
            freed.remove(full);
            group.waitsFor = limits.describe(full);
            aside.computeIfAbsent(full, key -> new ArrayDeque<>()).add(group);
        }
    }

    /** One group comes up for each resource that may have room. */
    private void recall() {
        ResourceKey room = told.poll();
        while (room != null) {
            freed.add(room);
            room = told.poll();
        }
        for (ResourceKey key : List.copyOf(freed)) {
            Deque<Group> waiting = aside.get(key);
            Group group = waiting == null ? null : waiting.poll();
            if (group == null) {
                freed.remove(key);
                aside.remove(key);
                limits.leave(key, this);
            } else {
                group.waitsFor = "";
                turns.addFirst(group);
            }
        }
    }

    /** Returns the tasks that stand aside for a resource, and lets their turns come again. */
    List<TaskEntry> bringBack(ResourceKey key) {
        List<TaskEntry> tasks = new ArrayList<>();
        Deque<Group> waiting = aside.remove(key);
        if (waiting != null) {
            for (Group group : waiting) {
                group.waitsFor = "";
                turns.add(group);
                tasks.addAll(group.tasks);
            }
        }
        return tasks;
    }

    /** Says that nobody waits here for any resource any more. */
    void leave() {
        aside.keySet().forEach(key -> limits.leave(key, this));
    }
}
