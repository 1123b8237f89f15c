package io.omsbatch.examples.cluster;

import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.examples.cluster.fleet.FleetAccount;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The end of one replica. Immutable.
 *
 * @param replica which one
 * @param runs the runs that it owned and that were not over
 * @param underWay how many steps it had begun that were not over
 * @param at when, by the database's clock
 */
record Death(String replica, List<String> runs, int underWay, Instant at) {

    /** Kills the replica that is most in the middle of something; empty if none is right now. */
    static Optional<Death> of(
            List<ReplicaProcess> replicas, List<RunSummary> standing, Tending tending, FleetAccount account) {
        Set<String> running = standing.stream()
                .filter(run -> run.standing().state() == RunSummary.State.RUNNING)
                .map(RunSummary::runId)
                .collect(Collectors.toSet());
        ReplicaProcess victim = replicas.stream()
                .max(Comparator.comparingInt(replica -> account.underWayBy(replica.name())))
                .orElseThrow();
        List<String> orphans =
                tending.runsOf(victim.name()).stream().filter(running::contains).toList();
        int underWay = account.underWayBy(victim.name());
        if (underWay == 0 || orphans.isEmpty()) {
            return Optional.empty();
        }
        Instant at = tending.now();
        victim.kill();
        return Optional.of(new Death(victim.name(), orphans, underWay, at));
    }
}
