package io.omsbatch.testkit.check;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.testkit.fault.FaultKind;
import java.util.List;
import java.util.Set;

/**
 * What a simulated platform noted as a breach, less what the journal or the platform's own faults explain.
 *
 * @since 0.1.0
 */
public final class PlatformBreaches {

    private PlatformBreaches() {}

    /**
     * Returns the breaches that nothing explains.
     *
     * @param history what is known of the run
     * @param breaches what the platform noted
     * @param faults the kinds of faults that it played
     * @return those of them that the engine has to answer for
     */
    public static List<String> unexplained(RunHistory history, List<String> breaches, Set<FaultKind> faults) {
        return breaches.stream()
                .filter(breach -> !waived(history, breach) && !undoneByOthers(breach, faults))
                .toList();
    }

    /** The platform hears of a waiver only where the step that is skipped is still before it. */
    private static boolean waived(RunHistory history, String breach) {
        return history.recording().facts().stream()
                .map(fact -> fact.entry().record())
                .filter(fact ->
                        fact.kind() == JournalRecord.Kind.WAIVER && fact.code().equals(Invariant.CAUGHT_UP.name()))
                .anyMatch(fact -> fact.subject() != null
                        && breach.startsWith("SW-4 " + fact.subject().task().id() + ":"));
    }

    /** What somebody else has undone meanwhile looks as if it had never been done, and may be done again. */
    private static boolean undoneByOthers(String breach, Set<FaultKind> faults) {
        return breach.startsWith("RUN-3 ")
                && breach.contains("had its effect")
                && faults.contains(FaultKind.CHANGED_BEHIND);
    }
}
