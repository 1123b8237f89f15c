package io.omsbatch.examples.benchmarks.frame;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Work that is given to several contenders, to see how long each takes.
 *
 * @param question what it is about
 * @param protocol how it is measured
 * @param measure what is told of an iteration
 * @param goal what is wanted of this library
 * @param contenders who does it; the first floor is the reference of all ratios
 */
public record Workload(Question question, Protocol protocol, Measure measure, Goal goal, List<Contender> contenders) {

    /** Checks that there is a reference, that this library takes part, and that all names differ. */
    public Workload {
        contenders = List.copyOf(contenders);
        if (contenders.stream().noneMatch(contender -> contender.role() == Role.FLOOR)
                || contenders.stream().noneMatch(contender -> contender.role() == Role.OURS)) {
            throw new IllegalArgumentException(question.key() + " has no floor, or not this library");
        }
        if (contenders.stream().map(Contender::name).distinct().count() < contenders.size()) {
            throw new IllegalArgumentException(question.key() + " has two contenders of one name");
        }
    }

    /** Returns the contender beside which all others are put. */
    public Contender reference() {
        return contenders.stream()
                .filter(contender -> contender.role() == Role.FLOOR)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Finds a contender.
     *
     * @param name its name
     * @return the contender
     */
    public Contender contender(String name) {
        return contenders.stream()
                .filter(contender -> contender.name().equals(name))
                .findAny()
                .orElseThrow(
                        () -> new IllegalArgumentException(question.key() + " has no contender of the name " + name));
    }

    /**
     * Returns this workload with another protocol.
     *
     * @param value how it is measured
     * @return the changed workload
     */
    public Workload with(Protocol value) {
        return new Workload(question, value, measure, goal, contenders);
    }

    /** Returns this workload with nobody but the reference and this library, which is what the gate looks at. */
    public Workload withoutOthers() {
        return only(contender -> contender.role() == Role.OURS);
    }

    /**
     * Returns this workload with nobody but the reference, this library and some others.
     *
     * @param names the names of the others
     * @return the smaller workload
     */
    public Workload withOnly(Set<String> names) {
        return only(contender -> contender.role() == Role.OURS || names.contains(contender.name()));
    }

    private Workload only(Predicate<Contender> wanted) {
        Contender reference = reference();
        List<Contender> rest =
                contenders.stream().filter(wanted.or(reference::equals)).toList();
        return new Workload(question, protocol, measure, goal, rest);
    }
}
