package io.omsbatch.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replicas at work while the database of their journals fails, and what must be true of them then and afterwards. */
final class Ordeal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ordeal.class);

    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

    /** Multiplies how many failures there are. */
    private static final int TIMES = Integer.getInteger("faults.times", 1);

    /** From when on nothing arrives that was sent before: until then a call has timed out, and was late. */
    private static final Duration CALLS_OVER = Replica.CALL_TIMEOUT.plusMillis(500);

    /** How often a replica may ask for a connection in a second in which it gets none; it has three runs, and a clerk. */
    private static final long ASKED_PER_SECOND = 100;

    private static final long ASKED_AT_ONCE = 100;

    private static final String LET_GO = "the journal did not answer";
    private static final String LOST = "another engine has taken the run over";

    private final List<ResidentReplica> replicas;
    private final List<Fault> faults = new ArrayList<>();
    private long mostAsked;

    /** Judges replicas that have begun to work. */
    Ordeal(ResidentReplica... atWork) {
        this.replicas = List.of(atWork);
    }

    /** Lets the database fail so many times, in ways that take turns, and everything end after that; judges all of it. */
    void endure(List<Trouble> ways, int times, int longestPauseMillis) throws InterruptedException {
        Instant begun = Instant.now();
        LOG.warn("-Dfaults.seed={}", SEED);
        Random random = new Random(SEED);
        for (int i = 0; i / TIMES < times; i++) {
            replicas.forEach(ResidentReplica::keepBusy);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(longestPauseMillis));
            faults.add(watched(ways.get(i % ways.size()), random));
        }
        for (ResidentReplica replica : replicas) {
            replica.finish();
        }
        Duration elapsed = Duration.between(begun, Instant.now());
        for (ResidentReplica replica : replicas) {
            Survey survey = replica.survey(faults);
            LOG.warn("{} in {} s; {}", injected(), elapsed.toSeconds(), told(replica, survey));
            assertThat(survey.broken()).isEmpty();
            assertThat(survey.unknown()).isEmpty();
            assertThat(replica.stopped(LOST))
                    .as("DUR-3: runs that an engine took from itself")
                    .isZero();
            requireNothingNew(replica);
        }
    }

    private String injected() {
        return faults.stream()
                .collect(Collectors.groupingBy(Fault::kind, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(kind -> kind.getValue() + " x " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    private String told(ResidentReplica replica, Survey survey) {
        return replica.manners() + ": " + survey.counts() + "; " + replica.failed("") + " calls of the journal failed, "
                + replica.source().brokenCommits()
                + " commits ended without an answer; " + replica.stopped(LET_GO) + " times a run was let go of, "
                + replica.stopped(LOST) + " times lost; connections asked for at most " + mostAsked
                + " times a second while there was no journal";
    }

    private Fault watched(Trouble trouble, Random random) throws InterruptedException {
        List<Integer> before =
                replicas.stream().map(replica -> replica.source().asked()).toList();
        long from = System.nanoTime();
        Fault fault = trouble.make(random);
        double seconds = (System.nanoTime() - from) / 1e9;
        for (int i = 0; i < replicas.size() && fault.lasts(); i++) {
            int asked = replicas.get(i).source().asked() - before.get(i);
            mostAsked = Math.max(mostAsked, (long) (asked / Math.max(1, seconds)));
            assertThat(asked)
                    .as("connections asked for in %s s of %s", seconds, fault)
                    .isLessThan((int) (ASKED_AT_ONCE + ASKED_PER_SECOND * seconds));
        }
        return fault;
    }

    /** DUR-5: nothing is begun while the journal does not answer. */
    private void requireNothingNew(ResidentReplica replica) {
        for (Fault fault : faults) {
            if (fault.silent()) {
                assertThat(replica.platform().ledger())
                        .as("DUR-5: commands while %s", fault)
                        .noneMatch(arrival -> arrival.at().isAfter(fault.begun().plus(CALLS_OVER))
                                && arrival.at().isBefore(fault.over()));
            }
        }
    }

    /** Returns how many runs were let go of for a reason. */
    long stopped(String why) {
        return replicas.stream().mapToLong(replica -> replica.stopped(why)).sum();
    }

    /** Returns how many calls of the journal failed for a reason. */
    long failed(String why) {
        return replicas.stream().mapToLong(replica -> replica.failed(why)).sum();
    }

    /** Returns how many commits ended without an answer. */
    long brokenCommits() {
        return replicas.stream()
                .mapToLong(replica -> replica.source().brokenCommits())
                .sum();
    }

    @Override
    public void close() {
        replicas.forEach(ResidentReplica::close);
    }
}
