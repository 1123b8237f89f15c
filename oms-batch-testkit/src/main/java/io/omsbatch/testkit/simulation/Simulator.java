package io.omsbatch.testkit.simulation;

import io.omsbatch.api.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs trials of a host's engine in virtual time, and judges each by the promises. Immutable; may be used by many threads.
 *
 * <p>{@code Simulator.of(host).requireUnbroken(1, 10_000)} runs the trials of ten thousand seeds and throws what it found, shrunk
 * to the smallest trial that still breaks the same promise; {@code Simulator.of(host).run(seed)} runs one of them again.
 *
 * @since 0.1.0
 */
public final class Simulator {

    private static final int MOST_SHRINKING = 300;

    private final SimulatedHost host;
    private final Scenario scenario;

    private Simulator(SimulatedHost host, Scenario scenario) {
        this.host = Objects.requireNonNull(host, "host");
        this.scenario = Objects.requireNonNull(scenario, "scenario");
    }

    /**
     * Returns a simulator of the usual scenario.
     *
     * @param host what is simulated
     * @return the simulator
     */
    public static Simulator of(SimulatedHost host) {
        return new Simulator(host, new AnyTrial());
    }

    /**
     * Returns a simulator of another scenario.
     *
     * @param value makes the trial of a seed
     * @return the simulator
     */
    public Simulator with(Scenario value) {
        return new Simulator(host, value);
    }

    /**
     * Runs the trial of a seed.
     *
     * @param seed the seed
     * @return what it broke, if it broke anything
     */
    public Optional<Finding> run(long seed) {
        return run(scenario.trial(seed), new Tally());
    }

    /**
     * Runs a trial.
     *
     * @param trial the trial
     * @return what it broke, if it broke anything
     */
    public Optional<Finding> run(Trial trial) {
        return run(trial, new Tally());
    }

    private Optional<Finding> run(Trial trial, Tally tally) {
        return run(trial, tally, new Path());
    }

    private Optional<Finding> run(Trial trial, Tally tally, Path path) {
        try (TrialRun run = new TrialRun(trial, host, tally, path)) {
            run.play();
            return Optional.empty();
        } catch (RuntimeException | AssertionError broken) {
            return Optional.of(new Finding(trial, broken));
        }
    }

    /**
     * Runs the trials of seeds, on every processor there is, until one breaks something.
     *
     * @param first the first seed
     * @param number how many seeds, at least 1
     * @param tally counts what the trials come by
     * @return the finding of the lowest seed that broke something, as it was found
     */
    private Optional<Finding> explore(long first, int number, Tally tally) {
        AtomicReference<@Nullable Finding> found = new AtomicReference<>();
        LongStream.range(first, first + number).parallel().forEach(seed -> {
            if (found.get() == null) {
                Tally own = new Tally();
                run(scenario.trial(seed), own).ifPresent(finding -> found.accumulateAndGet(finding, Simulator::lower));
                tally.add(own);
            }
        });
        return Optional.ofNullable(found.get());
    }

    private static @Nullable Finding lower(@Nullable Finding one, @Nullable Finding other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.trial().seed() <= other.trial().seed() ? one : other;
    }

    /**
     * Runs the trials of seeds, and fails with the smallest trial it can find that still breaks the same promise.
     *
     * @param first the first seed
     * @param number how many seeds, at least 1
     * @return what the trials came by
     * @throws AssertionError if a trial broke something; its text names the seed, the smallest trial, and its history
     */
    public Tally requireUnbroken(long first, int number) {
        Limits.range("number", number, 1, Integer.MAX_VALUE);
        Tally tally = new Tally();
        explore(first, number, tally)
                .ifPresent(finding -> fail(
                        "seed " + finding.trial().seed() + " breaks something; to run it again: Simulator.of(host).run("
                                + finding.trial().seed() + "L)",
                        finding));
        return tally;
    }

    /**
     * Runs every trial that there is room for in a small world, on every processor there is, and fails with the smallest one it
     * can find that breaks something.
     *
     * @param world the world
     * @return what the trials came by
     * @throws AssertionError if a trial broke something; its text shows the smallest trial, and its history
     */
    public Tally requireUnbroken(SmallWorld world) {
        Tally tally = new Tally();
        exploreFrom(world.trial(), world, tally)
                .ifPresent(finding -> fail("a trial in a small world breaks something", finding));
        return tally;
    }

    /** Runs a trial, then the same with each crash, then the same with each deed that could follow those it has. */
    private Optional<Finding> exploreFrom(Trial trial, SmallWorld world, Tally tally) {
        Path path = new Path();
        Tally own = new Tally();
        Optional<Finding> found = run(trial, own, path);
        tally.add(own);
        if (found.isEmpty() && world.crashes() > 0) {
            found = anyOf(
                    path.turns().stream().map(place -> trial.withTroubles(List.of(new Trouble.Crash(place)))),
                    crashed -> {
                        Tally its = new Tally();
                        Optional<Finding> broken = run(crashed, its);
                        tally.add(its);
                        return broken;
                    });
        }
        List<Deed> done = trial.deeds();
        if (found.isEmpty() && done.size() < world.deeds()) {
            int from = done.isEmpty() ? 0 : done.get(done.size() - 1).second();
            found = anyOf(
                    path.openings(from).stream().map(next -> trial.withDeeds(with(done, next))),
                    longer -> exploreFrom(longer, world, tally));
        }
        return found;
    }

    private static Optional<Finding> anyOf(Stream<Trial> trials, Function<Trial, Optional<Finding>> explore) {
        return trials.parallel().map(explore).flatMap(Optional::stream).findFirst();
    }

    private static List<Deed> with(List<Deed> done, Deed next) {
        return Stream.concat(done.stream(), Stream.of(next)).toList();
    }

    private void fail(String what, Finding finding) {
        Finding smallest = shrink(finding);
        throw new AssertionError(what + "\nthe smallest trial that breaks the same:\n" + smallest, smallest.failure());
    }

    /**
     * Takes away from a trial what is not needed to break the same promise: troubles, deeds, tasks.
     *
     * @param finding what a trial broke
     * @return what the smallest trial found broke
     */
    public Finding shrink(Finding finding) {
        String broken = what(finding);
        Finding smallest = finding;
        int left = MOST_SHRINKING;
        boolean smaller = true;
        while (smaller && left > 0) {
            smaller = false;
            for (Trial candidate : smallerThan(smallest.trial())) {
                left--;
                Optional<Finding> same = run(candidate, new Tally()).filter(sameAs(broken));
                if (same.isPresent()) {
                    smallest = same.get();
                    smaller = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private static Predicate<Finding> sameAs(String broken) {
        return finding -> what(finding).equals(broken);
    }

    /** Returns the promise that was broken, or else the kind of what was thrown. */
    private static String what(Finding finding) {
        String[] words = finding.summary().split(" ", 2);
        return words[0].matches("[A-Z]+-[0-9]+")
                ? words[0]
                : finding.failure().getClass().getName();
    }

    private static List<Trial> smallerThan(Trial trial) {
        List<Trial> smaller = new ArrayList<>();
        for (int i = 0; i < trial.troubles().size(); i++) {
            smaller.add(trial.withTroubles(without(trial.troubles(), i)));
        }
        for (int i = 0; i < trial.deeds().size(); i++) {
            smaller.add(trial.withDeeds(without(trial.deeds(), i)));
        }
        for (int i = 0; i < trial.tasks().size() && trial.tasks().size() > 1; i++) {
            smaller.add(trial.withTasks(without(trial.tasks(), i)));
        }
        return smaller;
    }

    private static <T> List<T> without(List<T> all, int index) {
        List<T> fewer = new ArrayList<>(all);
        fewer.remove(index);
        return fewer;
    }
}
