package io.omsbatch.examples.cluster;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.examples.cluster.fleet.FleetAccount;
import io.omsbatch.examples.cluster.fleet.FleetGateway;
import io.omsbatch.examples.cluster.operator.Operator;
import io.omsbatch.examples.cluster.operator.Submitter;
import io.omsbatch.examples.cluster.replica.Engines;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of the example, from an empty server to the account of who did what. For one thread. */
public final class Cluster {
    private static final Actor ANN = new Actor("ann@example.com");
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration ROUND = Duration.ofMillis(100);

    private final PrintStream out;
    private final int each;
    private final long began = System.nanoTime();

    /**
     * A run that tells what happens.
     *
     * @param out where
     * @param each how many tasks of each of the six kinds
     */
    public Cluster(PrintStream out, int each) {
        this.out = out;
        this.each = each;
    }

    /**
     * Runs.
     *
     * @return whether everything was done, once, over the death of a replica
     */
    public boolean run() throws InterruptedException {
        try (Stage stage = new Stage(each);
                JournalStore journal = Engines.journal(stage.service());
                BatchEngine engine = Engines.engine(new FleetGateway(stage.platform(), "submitter"), journal)) {
            List<ReplicaProcess> replicas = stage.startReplicas();
            say("PostgreSQL on port " + stage.port() + ", replicas " + described(replicas));
            say("submitted for " + ANN.name() + ":");
            int runs = new Submitter(engine, stage.service(), ANN, out).submitAll();

            FleetAccount account = new FleetAccount(stage.platform());
            Tending tending = new Tending(stage.service());
            Death death = tended(runs, replicas, new Operator(engine, ANN), account, tending);
            say("all " + runs + " runs have ended");
            boolean proven = death != null && new Proof(engine, account, tending, out).holds(replicas, death);
            out.println(proven ? "== PROVEN" : "== NOT PROVEN");
            return proven;
        }
    }

    /** Steers until all runs have ended; kills one replica in the middle. */
    private @Nullable Death tended(
            int runs, List<ReplicaProcess> replicas, Operator operator, FleetAccount account, Tending tending)
            throws InterruptedException {
        Death death = null;
        int toDo = account.toDo();
        int shown = -1;
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            List<RunSummary> standing = operator.round();
            long ended = standing.stream()
                    .filter(run -> run.standing().state() == RunSummary.State.ENDED)
                    .count();
            int done = account.done();
            if (done * 10 / toDo > shown) {
                shown = done * 10 / toDo;
                say(done + " of " + toDo + " steps done, " + ended + " of " + runs + " runs ended");
            }
            if (death == null && done * 5 >= toDo * 2) {
                death = Death.of(replicas, standing, tending, account).orElse(null);
                announce(death);
            }
            if (ended == runs) {
                return death;
            }
            TimeUnit.MILLISECONDS.sleep(ROUND.toMillis());
        }
        throw new IllegalStateException("not over after " + LIMIT.toMinutes() + " min");
    }

    private void announce(@Nullable Death death) {
        if (death != null) {
            say("SIGKILL to replica " + death.replica() + ", which owns "
                    + death.runs().size() + " runs and has " + death.underWay() + " steps under way");
        }
    }

    private void say(String text) {
        out.printf("%5.1f s  %s%n", (System.nanoTime() - began) / 1e9, text);
    }

    private static String described(List<ReplicaProcess> replicas) {
        return String.join(
                ", ",
                replicas.stream()
                        .map(replica -> replica.name() + " (process " + replica.pid() + ")")
                        .toList());
    }
}
