package io.omsbatch.examples.cluster;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.examples.cluster.fleet.FleetAccount;
import io.omsbatch.examples.cluster.replica.Engines;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells who did what, and shows that all was done, once. For one thread. */
final class Proof {
    private static final int MOST_RUNS = 100;
    private static final int SHOWN = 10;

    private final BatchEngine engine;
    private final FleetAccount account;
    private final Tending tending;
    private final PrintStream out;
    private boolean holds = true;

    Proof(BatchEngine engine, FleetAccount account, Tending tending, PrintStream out) {
        this.engine = engine;
        this.account = account;
        this.tending = tending;
        this.out = out;
    }

    /** Looks at everything; true if nothing speaks against it. */
    boolean holds(List<ReplicaProcess> replicas, Death death) {
        for (ReplicaProcess replica : replicas) {
            String name = replica.name();
            out.printf(
                    "  replica %s began %d runs, took over %d, did %d steps of %d tasks%s%n",
                    name,
                    tending.count(name, "began"),
                    tending.count(name, "took over"),
                    account.doneBy(name),
                    account.tasksOf(name),
                    name.equals(death.replica()) ? " until it was killed" : "");
        }
        orphans(death);
        steps();
        outcomes();
        return holds;
    }

    /** What the replica owned when it was picked out; a run that it could still end before it died needs nobody else. */
    private void orphans(Death death) {
        List<RunSummary> ended = engine.list(RunFilter.all().in(RunSummary.State.ENDED), null, MOST_RUNS)
                .runs();
        Instant alone = death.at().plus(Engines.ALONE_AT_LEAST);
        Set<String> byItself = ended.stream()
                .filter(run -> run.standing().since().isBefore(alone))
                .map(RunSummary::runId)
                .collect(Collectors.toSet());
        List<String> orphans =
                death.runs().stream().filter(run -> !byItself.contains(run)).toList();
        doubtUnless(!orphans.isEmpty(), "replica " + death.replica() + " had ended its runs when it was killed");
        orphans.forEach(run -> takeover(run, death));
    }

    private void takeover(String run, Death death) {
        List<Tending.Takeover> takeovers = tending.takeovers(run);
        doubtUnless(!takeovers.isEmpty(), "run " + run + " was taken over by nobody");
        takeovers.forEach(takeover -> out.printf(
                "  run %s of %s was taken over by %s %.1f s after the kill%n",
                run,
                death.replica(),
                takeover.replica(),
                Duration.between(death.at(), takeover.at()).toMillis() / 1000.0));
    }

    private void steps() {
        FleetAccount.Steps steps = account.steps();
        out.printf(
                "  %d of %d steps were done exactly once; %d commands were refused by their token%n",
                steps.once(), steps.wanted(), account.fenced());
        steps.doubts().stream().limit(SHOWN).forEach(doubt -> out.println("  NOT PROVEN " + doubt));
        holds &= steps.doubts().isEmpty();
    }

    private void outcomes() {
        int tasks = 0;
        int succeeded = 0;
        long facts = 0;
        List<RunSummary> runs = engine.list(RunFilter.all(), null, MOST_RUNS).runs();
        for (RunSummary summary : runs) {
            BatchRun run = engine.find(summary.runId()).orElseThrow();
            tasks += summary.tasks();
            succeeded += (int) run.results().stream()
                    .filter(result -> result.outcome().successful())
                    .count();
            AuditCheck audit = engine.verifyAudit(summary.runId());
            facts += audit.entries();
            doubtUnless(
                    audit.verdict() == AuditCheck.Verdict.INTACT,
                    "the audit trail of " + summary + ": " + audit.text());
        }
        out.printf(
                "  %d of %d tasks succeeded, in %d runs; their audit trails of %,d facts are intact%n",
                succeeded, tasks, runs.size(), facts);
        doubtUnless(succeeded == tasks && tasks > 0, "not every task succeeded");
    }

    private void doubtUnless(boolean proven, String doubt) {
        if (!proven) {
            holds = false;
            out.println("  NOT PROVEN " + doubt);
        }
    }
}
