package io.omsbatch.testkit.simulation;

import java.util.HashSet;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What trials came by: how often each kind of fault was played, each outcome reached, each action tried. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Tally {

    private final SortedMap<String, Long> faults = new TreeMap<>();
    private final SortedMap<String, Long> outcomes = new TreeMap<>();
    private final SortedMap<String, Long> cells = new TreeMap<>();
    private final SortedMap<String, Long> accepted = new TreeMap<>();
    private final SortedMap<String, Long> promises = new TreeMap<>();
    private final Set<String> states = new HashSet<>();
    private long trials;

    Tally() {}

    synchronized void trial() {
        trials++;
    }

    synchronized void fault(String kind) {
        faults.merge(kind, 1L, Long::sum);
    }

    synchronized void outcome(String kind) {
        outcomes.merge(kind, 1L, Long::sum);
    }

    synchronized void cell(String cell, boolean open) {
        cells.merge(cell, 1L, Long::sum);
        if (open) {
            accepted.merge(cell, 1L, Long::sum);
        }
    }

    synchronized void state(String state) {
        states.add(state);
    }

    synchronized void promise(String id) {
        promises.merge(id, 1L, Long::sum);
    }

    synchronized void add(Tally other) {
        trials += other.trials;
        other.faults.forEach((key, times) -> faults.merge(key, times, Long::sum));
        other.outcomes.forEach((key, times) -> outcomes.merge(key, times, Long::sum));
        other.cells.forEach((key, times) -> cells.merge(key, times, Long::sum));
        other.accepted.forEach((key, times) -> accepted.merge(key, times, Long::sum));
        states.addAll(other.states);
        other.promises.forEach((key, times) -> promises.merge(key, times, Long::sum));
    }

    /** Returns how many trials were run. */
    public synchronized long trials() {
        return trials;
    }

    /** Returns how often each kind of fault was played. */
    public synchronized SortedMap<String, Long> faults() {
        return new TreeMap<>(faults);
    }

    /** Returns how many tasks ended with each kind of outcome. */
    public synchronized SortedMap<String, Long> outcomes() {
        return new TreeMap<>(outcomes);
    }

    /** Returns how often each action was tried at each step and standing, as "step standing action". */
    public synchronized SortedMap<String, Long> cells() {
        return new TreeMap<>(cells);
    }

    /** Returns how often each action was accepted at each step and standing, as "step standing action". */
    public synchronized SortedMap<String, Long> accepted() {
        return new TreeMap<>(accepted);
    }

    /** Returns how often each promise was checked, by its id. */
    public synchronized SortedMap<String, Long> promises() {
        return new TreeMap<>(promises);
    }

    /** Returns how many different states of a run and its board were seen. */
    public synchronized int states() {
        return states.size();
    }

    /** Returns everything, for people. */
    @Override
    public synchronized String toString() {
        return trials + " trials, " + states.size() + " states of run and board\n  faults: " + line(faults)
                + "\n  promises checked: " + line(promises)
                + "\n  outcomes: " + line(outcomes) + "\n  (step, standing, action) tried: " + cells.size()
                + " different ones, " + accepted.size() + " of them accepted";
    }

    private static String line(Map<String, Long> counts) {
        return counts.entrySet().stream().map(Entry::toString).collect(Collectors.joining(", "));
    }
}
