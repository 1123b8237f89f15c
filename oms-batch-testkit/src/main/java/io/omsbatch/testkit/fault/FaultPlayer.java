package io.omsbatch.testkit.fault;

import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.CallKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Plays a script: tells for each call what goes wrong, and keeps count. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FaultPlayer {

    /**
     * A fault that befalls a call.
     *
     * @param fault what goes wrong
     * @param task the task it is meant for, or null for any of the call's tasks
     */
    public record Played(Fault fault, @Nullable TaskRef task) {}

    private final FaultScript script;
    private final RandomGenerator random;
    private final int[] seen;
    private final Map<FaultKind, Integer> played = new EnumMap<>(FaultKind.class);
    private int byChance;

    /**
     * Creates a player at the beginning of a script.
     *
     * @param script the script
     * @param random decides about the faults by chance
     */
    public FaultPlayer(FaultScript script, RandomGenerator random) {
        this.script = script;
        this.random = random;
        this.seen = new int[script.rules().size()];
    }

    /**
     * Returns what goes wrong with a call that begins now.
     *
     * @param call which call
     * @param what the name of the operation's kind or of the switchover step; null for a call that only looks
     * @param tasks the tasks it is for
     * @return the fault, or null if all goes well
     */
    public synchronized @Nullable Played next(CallKind call, @Nullable String what, Set<TaskRef> tasks) {
        Played next = byRule(call, what, tasks);
        if (next == null) {
            next = byChance(call);
        }
        if (next != null) {
            played.merge(next.fault().kind(), 1, Integer::sum);
        }
        return next;
    }

    /** Returns how often each kind of fault was played. */
    public synchronized Map<FaultKind, Integer> played() {
        return Collections.unmodifiableMap(new EnumMap<>(played));
    }

    private @Nullable Played byRule(CallKind call, @Nullable String what, Set<TaskRef> tasks) {
        Played first = null;
        List<FaultRule> rules = script.rules();
        for (int i = 0; i < rules.size(); i++) {
            FaultRule rule = rules.get(i);
            if (rule.fault().kind().fits(call) && rule.calls().matches(call, what, tasks)) {
                long index = seen[i]++;
                if (first == null && index >= rule.after() && index - rule.after() < rule.times()) {
                    first = new Played(rule.fault(), rule.calls().task());
                }
            }
        }
        return first;
    }

    private @Nullable Played byChance(CallKind call) {
        FaultScript.Chance chance = script.chance();
        if (byChance >= chance.most() || random.nextDouble() >= chance.rate()) {
            return null;
        }
        List<Fault> fitting = chance.faults().stream()
                .filter(fault -> fault.kind().fits(call))
                .toList();
        if (fitting.isEmpty()) {
            return null;
        }
        byChance++;
        return new Played(fitting.get(random.nextInt(fitting.size())), null);
    }
}
