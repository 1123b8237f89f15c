package io.omsbatch.testkit.check;

import static io.omsbatch.testkit.check.RunHistory.record;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.RecordedEntry;
import io.omsbatch.testkit.history.RecordedLease;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The promises about what outlives a process, and about who owns a run meanwhile. */
final class DurabilityPromises {

    private static final Set<Kind> RESULTS = EnumSet.of(Kind.RESULT, Kind.OUTCOME, Kind.STEP_OVER);

    private DurabilityPromises() {}

    /** Whoever goes on with a run does what was confirmed, to the tasks that it was confirmed for, and nothing else. */
    static void dur1(RunHistory history) {
        Set<TaskRef> planned =
                history.plan().eligible().stream().map(MigrationTask::ref).collect(Collectors.toSet());
        String kind = history.operation().kind().name();
        for (GatewayCall call : history.commands()) {
            String ordered = call.ordered().what();
            boolean confirmed = history.operation().kind().isSwitchover() || ordered.equals(kind);
            Breach.unless(
                    confirmed && planned.containsAll(call.tasks()),
                    "DUR-1",
                    history,
                    () -> ordered + " was commanded for " + call.tasks() + ", confirmed was " + history.operation()
                            + " for " + planned);
        }
    }

    /** Each owner has a higher token than the one before, and commands with its own. */
    static void dur2(RunHistory history) {
        List<RecordedLease> leases = leases(history);
        long newest = 0;
        for (RecordedLease lease : leases) {
            long before = newest;
            long token = lease.token().value();
            boolean owns = lease.kind() == RecordedLease.Kind.RENEWED || lease.kind() == RecordedLease.Kind.GIVEN_UP;
            boolean stale = lease.kind() == RecordedLease.Kind.GIVEN_UP && token < before;
            Breach.unless(
                    stale || (owns ? token == before : token > before),
                    "DUR-2",
                    history,
                    () -> "a lease was " + lease.kind() + " with token " + token + " after token " + before);
            newest = Math.max(before, token);
        }
        for (GatewayCall call : history.commands()) {
            FencingToken token = call.ordered().context().token();
            Breach.unless(
                    leases.isEmpty()
                            || leases.stream().anyMatch(lease -> lease.token().equals(token)),
                    "DUR-2",
                    history,
                    () -> "call " + call.number() + " bears token " + token.value() + ", which no owner ever had");
        }
    }

    /** Nobody takes a run over before the lease of its owner is over, or given up. */
    static void dur3(RunHistory history) {
        @Nullable Instant end = null;
        for (RecordedLease lease : leases(history)) {
            Instant at = lease.moment().at();
            Instant held = end;
            Breach.unless(
                    lease.kind() != RecordedLease.Kind.TAKEN_OVER || held == null || !at.isBefore(held),
                    "DUR-3",
                    history,
                    () -> "the run was taken over at " + at + " though its owner held it until " + held);
            end = at.plus(lease.duration());
        }
    }

    /** What the journal acknowledged has its place in it, without a gap. */
    static void dur4(RunHistory history) {
        long expected = 1;
        for (long sequence : history.facts()
                .mapToLong(fact -> fact.entry().sequence())
                .sorted()
                .toArray()) {
            long place = expected;
            Breach.unless(
                    sequence == place,
                    "DUR-4",
                    history,
                    () -> "there should be a fact " + place + " where there is " + sequence);
            expected++;
        }
    }

    /** A result is written only by who owns the run then. */
    static void dur5(RunHistory history) {
        List<RecordedLease> leases = leases(history);
        for (RecordedEntry fact : history.facts().toList()) {
            FencingToken token = fact.entry().token();
            boolean stale = leases.stream()
                    .anyMatch(lease -> lease.token().value() > token.value()
                            && lease.moment().before(fact.moment()));
            Breach.unless(
                    !stale || !RESULTS.contains(record(fact).kind()),
                    "DUR-5",
                    history,
                    () -> "a result was written with token " + token.value() + " after another owner had the run: "
                            + record(fact));
        }
    }

    private static List<RecordedLease> leases(RunHistory history) {
        return history.recording().leases().stream()
                .filter(lease -> lease.runId().equals(history.run().runId()))
                .toList();
    }
}
