package io.omsbatch.testkit.history;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunCommand;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.journal.TakenRun;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A journal that remembers in which order facts and claims were acknowledged, and that can be made unavailable. Everything
 * else it leaves to the journal behind it. Thread-safe if that one is.
 *
 * @since 0.1.0
 */
public final class RecordingJournal implements JournalStore {

    private final JournalStore behind;
    private final Recorder recorder;
    private final List<RecordedEntry> entries = new ArrayList<>();
    private final List<RecordedClaim> claims = new ArrayList<>();
    private final List<RecordedLease> leases = new ArrayList<>();
    private volatile Predicate<List<JournalRecord>> outage = records -> false;

    /**
     * Creates a recording journal.
     *
     * @param behind the journal that does the work
     * @param recorder gives facts and claims their order among the calls of the gateway
     */
    public RecordingJournal(JournalStore behind, Recorder recorder) {
        this.behind = behind;
        this.recorder = recorder;
    }

    /** Returns the acknowledged facts of all runs, in order. */
    public synchronized List<RecordedEntry> entries() {
        return List.copyOf(entries);
    }

    /** Returns the answered claims of all runs, in order. */
    public synchronized List<RecordedClaim> claims() {
        return List.copyOf(claims);
    }

    /** Returns what was answered about who owns a run, in order. */
    public synchronized List<RecordedLease> leases() {
        return List.copyOf(leases);
    }

    /**
     * Decides which appends fail as unavailable; nothing of them is written.
     *
     * @param fails judges the facts to be appended; asked once an append
     */
    public void failWhen(Predicate<List<JournalRecord>> fails) {
        outage = fails;
    }

    @Override
    public boolean durable() {
        return behind.durable();
    }

    @Override
    public void savePlan(BatchPlan plan, Instant now) {
        behind.savePlan(plan, now);
    }

    @Override
    public Optional<BatchPlan> plan(String fingerprint) {
        return behind.plan(fingerprint);
    }

    @Override
    public void saveApproval(Approval approval) {
        behind.saveApproval(approval);
    }

    @Override
    public List<Approval> approvals(String fingerprint) {
        return behind.approvals(fingerprint);
    }

    @Override
    public synchronized RunOpening open(RunRecord run, Lease lease) {
        RunOpening opening = behind.open(run, lease);
        if (opening instanceof RunOpening.Opened opened) {
            record(run.runId(), opened.token(), RecordedLease.Kind.OPENED, lease.duration());
        }
        return opening;
    }

    @Override
    public synchronized Set<String> renew(Lease lease, Map<String, FencingToken> runs) {
        Set<String> lost = behind.renew(lease, runs);
        runs.forEach((run, token) -> {
            if (!lost.contains(run)) {
                record(run, token, RecordedLease.Kind.RENEWED, lease.duration());
            }
        });
        return lost;
    }

    @Override
    public synchronized void release(String runId, FencingToken token) {
        behind.release(runId, token);
        record(runId, token, RecordedLease.Kind.GIVEN_UP, Duration.ZERO);
    }

    @Override
    public List<String> abandoned(Set<String> platforms, int most) {
        return behind.abandoned(platforms, most);
    }

    @Override
    public synchronized Optional<TakenRun> takeOver(String runId, Lease lease) {
        Optional<TakenRun> taken = behind.takeOver(runId, lease);
        taken.ifPresent(run -> record(runId, run.token(), RecordedLease.Kind.TAKEN_OVER, lease.duration()));
        return taken;
    }

    private void record(String runId, FencingToken token, RecordedLease.Kind kind, Duration duration) {
        leases.add(new RecordedLease(runId, recorder.now(), token, kind, duration));
    }

    @Override
    public synchronized boolean park(String runId, JournalRecord parked) {
        boolean done = behind.park(runId, parked);
        if (done) {
            long known = entries.stream()
                    .filter(fact -> fact.runId().equals(runId))
                    .mapToLong(fact -> fact.entry().sequence())
                    .max()
                    .orElse(0);
            behind.read(runId, known, 1).forEach(fact -> entries.add(new RecordedEntry(runId, recorder.now(), fact)));
        }
        return done;
    }

    @Override
    public Optional<RunRecord> run(String runId) {
        return behind.run(runId);
    }

    @Override
    public Optional<RunRecord> runOfRequest(String requestId) {
        return behind.runOfRequest(requestId);
    }

    @Override
    public synchronized Map<TaskRef, ClaimHolder> claim(
            String runId, FencingToken token, Set<TaskRef> tasks, boolean overUnsettled, Instant now) {
        Map<TaskRef, ClaimHolder> refused = behind.claim(runId, token, tasks, overUnsettled, now);
        Set<TaskRef> granted = new HashSet<>(tasks);
        granted.removeAll(refused.keySet());
        claims.add(new RecordedClaim(runId, recorder.now(), granted, refused.keySet()));
        return refused;
    }

    @Override
    public synchronized Appended append(String runId, FencingToken token, List<JournalRecord> records) {
        if (outage.test(records)) {
            throw new JournalException(
                    JournalException.Kind.UNAVAILABLE, runId, "the journal of run " + runId + " is made to fail", null);
        }
        Appended appended = behind.append(runId, token, records);
        long sequence = appended.last() - records.size();
        for (JournalRecord fact : records) {
            sequence++;
            entries.add(new RecordedEntry(runId, recorder.now(), new JournalEntry(sequence, token, fact)));
        }
        return appended;
    }

    @Override
    public List<JournalEntry> read(String runId, long after, int most) {
        return behind.read(runId, after, most);
    }

    @Override
    public void send(RunCommand command) {
        behind.send(command);
    }

    @Override
    public List<RunCommand> commands(Set<String> runs, int most) {
        return behind.commands(runs, most);
    }

    @Override
    public Optional<JournalRecord> answer(String runId, String commandId) {
        return behind.answer(runId, commandId);
    }

    @Override
    public RunPage runs(RunFilter filter, @Nullable String from, int most) {
        return behind.runs(filter, from, most);
    }

    @Override
    public Optional<RunSummary> summary(String runId) {
        return behind.summary(runId);
    }

    @Override
    public AuditCheck audit(String runId) {
        return behind.audit(runId);
    }

    @Override
    public void close() {
        behind.close();
    }
}
