package io.omsbatch.core;

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
import io.omsbatch.core.internal.call.SafeThrowable;
import io.omsbatch.core.internal.flight.JournalEvent;
import io.omsbatch.core.internal.flight.LeaseEvent;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A host's journal that fails with a {@link JournalException} and with nothing else, whatever it throws. What takes time there is
 * shown in flight recordings.
 */
record GuardedJournal(JournalStore behind) implements JournalStore {

    private static final String NO_RUN = "-";

    private static <T> T guarded(String runId, Supplier<T> part) {
        return guarded(runId, JournalException.Kind.UNAVAILABLE, part);
    }

    private static <T> T guarded(String runId, JournalException.Kind kind, Supplier<T> part) {
        try {
            T answer = part.get();
            if (answer == null) {
                throw new JournalException(kind, runId, "the journal broke its contract and returned null", null);
            }
            return answer;
        } catch (JournalException failure) {
            throw failure;
        } catch (Throwable thrown) { // a journal of another language may throw checked exceptions, too
            throw new JournalException(
                    kind, runId, "the journal broke its contract and threw " + SafeThrowable.describe(thrown), thrown);
        }
    }

    private static void guarded(String runId, Runnable part) {
        boolean unused = guarded(runId, () -> {
            part.run();
            return true;
        });
    }

    /** In the order of the journal, which that of {@link Set#copyOf} is not. */
    private static <T> Set<T> copy(Set<T> answer) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.copyOf(answer)));
    }

    private static <K, V> Map<K, V> copy(Map<K, V> answer) {
        Map<K, V> copy = new LinkedHashMap<>();
        answer.forEach((key, value) -> copy.put(
                Objects.requireNonNull(key, "JournalStore.key"), Objects.requireNonNull(value, "JournalStore.value")));
        return Collections.unmodifiableMap(copy);
    }

    @Override
    public boolean durable() {
        return guarded(NO_RUN, behind::durable);
    }

    @Override
    public void savePlan(BatchPlan plan, Instant now) {
        guarded(NO_RUN, () -> behind.savePlan(plan, now));
    }

    @Override
    public Optional<BatchPlan> plan(String fingerprint) {
        return guarded(NO_RUN, () -> behind.plan(fingerprint));
    }

    @Override
    public void saveApproval(Approval approval) {
        guarded(NO_RUN, () -> behind.saveApproval(approval));
    }

    @Override
    public List<Approval> approvals(String fingerprint) {
        return guarded(NO_RUN, () -> List.copyOf(behind.approvals(fingerprint)));
    }

    @Override
    public RunOpening open(RunRecord run, Lease lease) {
        return guarded(run.runId(), () -> behind.open(run, lease));
    }

    @Override
    public Set<String> renew(Lease lease, Map<String, FencingToken> runs) {
        LeaseEvent event = new LeaseEvent();
        event.begin();
        Set<String> lost = Set.of();
        boolean answered = false;
        try {
            lost = guarded(NO_RUN, () -> copy(behind.renew(lease, runs)));
            answered = true;
            return lost;
        } finally {
            event.over(runs.size(), lost.size(), answered);
        }
    }

    @Override
    public void release(String runId, FencingToken token) {
        guarded(runId, () -> behind.release(runId, token));
    }

    @Override
    public List<String> abandoned(Set<String> platforms, int most) {
        return guarded(NO_RUN, () -> List.copyOf(behind.abandoned(platforms, most)));
    }

    @Override
    public Optional<TakenRun> takeOver(String runId, Lease lease) {
        return guarded(runId, () -> behind.takeOver(runId, lease));
    }

    @Override
    public boolean park(String runId, JournalRecord parked) {
        return guarded(runId, () -> behind.park(runId, parked));
    }

    @Override
    public Optional<RunRecord> run(String runId) {
        return guarded(runId, () -> behind.run(runId));
    }

    @Override
    public Optional<RunRecord> runOfRequest(String requestId) {
        return guarded(NO_RUN, () -> behind.runOfRequest(requestId));
    }

    @Override
    public Map<TaskRef, ClaimHolder> claim(
            String runId, FencingToken token, Set<TaskRef> tasks, boolean overUnsettled, Instant now) {
        return guarded(runId, () -> copy(behind.claim(runId, token, tasks, overUnsettled, now)));
    }

    @Override
    public Appended append(String runId, FencingToken token, List<JournalRecord> records) {
        JournalEvent event = new JournalEvent();
        event.begin();
        boolean written = false;
        try {
            // who breaks the contract does not say whether anything was written
            Appended appended =
                    guarded(runId, JournalException.Kind.IN_DOUBT, () -> behind.append(runId, token, records));
            written = true;
            return appended;
        } finally {
            event.over(runId, records.size(), records.get(0).kind().name(), written);
        }
    }

    @Override
    public List<JournalEntry> read(String runId, long after, int most) {
        return guarded(runId, () -> List.copyOf(behind.read(runId, after, most)));
    }

    @Override
    public void send(RunCommand command) {
        guarded(command.runId(), () -> behind.send(command));
    }

    @Override
    public List<RunCommand> commands(Set<String> runs, int most) {
        return guarded(NO_RUN, () -> List.copyOf(behind.commands(runs, most)));
    }

    @Override
    public Optional<JournalRecord> answer(String runId, String commandId) {
        return guarded(runId, () -> behind.answer(runId, commandId));
    }

    @Override
    public RunPage runs(RunFilter filter, @Nullable String from, int most) {
        return guarded(NO_RUN, () -> behind.runs(filter, from, most));
    }

    @Override
    public Optional<RunSummary> summary(String runId) {
        return guarded(runId, () -> behind.summary(runId));
    }

    @Override
    public AuditCheck audit(String runId) {
        return guarded(runId, () -> behind.audit(runId));
    }

    @Override
    public void close() {
        guarded(NO_RUN, behind::close);
    }
}
