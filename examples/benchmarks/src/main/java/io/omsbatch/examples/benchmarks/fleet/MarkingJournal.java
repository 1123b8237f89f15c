package io.omsbatch.examples.benchmarks.fleet;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalEntry;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A journal that tells as soon as the outcome of a task is in it: once the append has returned. */
public final class MarkingJournal implements JournalStore {

    private final JournalStore journal;
    private volatile Consumer<TaskRef> recorded = task -> {};

    /**
     * Creates it.
     *
     * @param journal what it writes into
     */
    public MarkingJournal(JournalStore journal) {
        this.journal = journal;
    }

    /**
     * Sets who is told.
     *
     * @param value takes the task whose outcome is recorded, in the thread that wrote it
     */
    public void whenRecorded(Consumer<TaskRef> value) {
        recorded = value;
    }

    @Override
    public Appended append(String runId, FencingToken token, List<JournalRecord> records) {
        Appended appended = journal.append(runId, token, records);
        for (JournalRecord fact : records) {
            if (fact.kind() == JournalRecord.Kind.OUTCOME && fact.subject() != null) {
                recorded.accept(fact.subject().task());
            }
        }
        return appended;
    }

    @Override
    public boolean durable() {
        return journal.durable();
    }

    @Override
    public void savePlan(BatchPlan plan, Instant now) {
        journal.savePlan(plan, now);
    }

    @Override
    public Optional<BatchPlan> plan(String fingerprint) {
        return journal.plan(fingerprint);
    }

    @Override
    public void saveApproval(Approval approval) {
        journal.saveApproval(approval);
    }

    @Override
    public List<Approval> approvals(String fingerprint) {
        return journal.approvals(fingerprint);
    }

    @Override
    public RunOpening open(RunRecord run, Lease lease) {
        return journal.open(run, lease);
    }

    @Override
    public Set<String> renew(Lease lease, Map<String, FencingToken> runs) {
        return journal.renew(lease, runs);
    }

    @Override
    public void release(String runId, FencingToken token) {
        journal.release(runId, token);
    }

    @Override
    public List<String> abandoned(Set<String> platforms, int most) {
        return journal.abandoned(platforms, most);
    }

    @Override
    public Optional<TakenRun> takeOver(String runId, Lease lease) {
        return journal.takeOver(runId, lease);
    }

    @Override
    public boolean park(String runId, JournalRecord parked) {
        return journal.park(runId, parked);
    }

    @Override
    public Optional<RunRecord> run(String runId) {
        return journal.run(runId);
    }

    @Override
    public Optional<RunRecord> runOfRequest(String requestId) {
        return journal.runOfRequest(requestId);
    }

    @Override
    public Map<TaskRef, ClaimHolder> claim(
            String runId, FencingToken token, Set<TaskRef> tasks, boolean overUnsettled, Instant now) {
        return journal.claim(runId, token, tasks, overUnsettled, now);
    }

    @Override
    public List<JournalEntry> read(String runId, long after, int most) {
        return journal.read(runId, after, most);
    }

    @Override
    public void send(RunCommand command) {
        journal.send(command);
    }

    @Override
    public List<RunCommand> commands(Set<String> runs, int most) {
        return journal.commands(runs, most);
    }

    @Override
    public Optional<JournalRecord> answer(String runId, String commandId) {
        return journal.answer(runId, commandId);
    }

    @Override
    public RunPage runs(RunFilter filter, @Nullable String from, int most) {
        return journal.runs(filter, from, most);
    }

    @Override
    public Optional<RunSummary> summary(String runId) {
        return journal.summary(runId);
    }

    @Override
    public AuditCheck audit(String runId) {
        return journal.audit(runId);
    }

    @Override
    public void close() {
        journal.close();
    }
}
