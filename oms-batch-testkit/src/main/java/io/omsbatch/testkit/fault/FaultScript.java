package io.omsbatch.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What goes wrong in a simulated platform: rules, of which the first that applies to a call decides, and beside them faults
 * by chance. Immutable.
 *
 * @param rules the rules
 * @param chance faults by chance
 * @since 0.1.0
 */
public record FaultScript(List<FaultRule> rules, Chance chance) {

    /**
     * Faults by chance, where no rule applies.
     *
     * @param rate how likely a call goes wrong, 0 to 1
     * @param most how many calls go wrong at most, so that the platform behaves in the end
     * @param faults what can go wrong, each as likely as the other
     */
    public record Chance(double rate, int most, List<Fault> faults) {
        /** Copies the faults. */
        public Chance {
            faults = List.copyOf(faults);
        }
    }

    /** Copies the rules. */
    public FaultScript {
        rules = List.copyOf(rules);
    }

    /** Returns the script in which nothing goes wrong. */
    public static FaultScript none() {
        return of();
    }

    /**
     * Returns a script of rules.
     *
     * @param rules the rules
     * @return the script
     */
    public static FaultScript of(FaultRule... rules) {
        return of(List.of(rules));
    }

    /**
     * Returns a script of rules.
     *
     * @param rules the rules
     * @return the script
     */
    public static FaultScript of(List<FaultRule> rules) {
        return new FaultScript(rules, new Chance(0, 0, List.of()));
    }

    /**
     * Returns this script with one more rule: the fault happens once, at the first call that matches.
     *
     * @param calls which calls
     * @param fault what goes wrong
     * @return the longer script
     */
    public FaultScript once(CallPattern calls, Fault fault) {
        return times(calls, 1, fault);
    }

    /**
     * Returns this script with one more rule: the fault happens at the first calls that match.
     *
     * @param calls which calls
     * @param times how often
     * @param fault what goes wrong
     * @return the longer script
     */
    public FaultScript times(CallPattern calls, int times, Fault fault) {
        List<FaultRule> longer = new ArrayList<>(rules);
        longer.add(new FaultRule(calls, 0, times, fault));
        return new FaultScript(longer, chance);
    }

    /**
     * Returns this script with one more rule: the fault happens at every call that matches.
     *
     * @param calls which calls
     * @param fault what goes wrong
     * @return the longer script
     */
    public FaultScript always(CallPattern calls, Fault fault) {
        return times(calls, FaultRule.ALWAYS, fault);
    }

    /**
     * Returns this script with faults by chance.
     *
     * @param rate how likely a call goes wrong, 0 to 1
     * @param most how many calls go wrong at most
     * @param faults what can go wrong
     * @return the script with the faults
     */
    public FaultScript byChance(double rate, int most, List<Fault> faults) {
        return new FaultScript(rules, new Chance(rate, most, faults));
    }

    /** Returns the rules, one a line. */
    @Override
    public String toString() {
        String text = rules.stream().map(FaultRule::toString).collect(Collectors.joining("\n"));
        return chance.most() == 0 ? text : text + "\nby chance: " + chance;
    }
}
