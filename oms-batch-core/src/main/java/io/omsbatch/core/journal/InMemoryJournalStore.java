package io.omsbatch.core.journal;

import io.omsbatch.api.Limits;
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
import io.omsbatch.api.journal.RunCursor;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.journal.TakenRun;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.fact.ClaimEffect;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A journal that forgets everything at exit: the reference for what a store does, and the default for trials. It remembers the
 * last 100 ended runs, fewer if they are large, and of the plans that were not confirmed yet the last 1 000, fewer if together
 * they have more than 100 000 tasks, so that a host may keep it for as long as it likes. The newest is always kept. Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemoryJournalStore implements JournalStore {

    private static final int ENDED_RUNS = 100;

    /** Most facts kept of ended runs, which bounds what many large runs hold; the newest ended run is kept whatever its size. */
    private static final int ENDED_FACTS = 200_000;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final MemoryPlans plans = new MemoryPlans();
    private final Map<String, MemoryRun> runs = new HashMap<>();
    private final Map<String, String> runsByRequest = new HashMap<>();
    private final Deque<String> endedRuns = new ArrayDeque<>();
    private int endedFacts;
    private final Map<TaskRef, ClaimHolder> claims = new HashMap<>();
    private final MemoryInbox inbox = new MemoryInbox();
    private boolean closed;

    /**
     * Creates an empty journal.
     *
     * @param clock tells when leases end
     */
    public InMemoryJournalStore(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "InMemoryJournalStore.clock");
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public void savePlan(BatchPlan plan, Instant now) {
        Objects.requireNonNull(plan, "JournalStore.savePlan.plan");
        Objects.requireNonNull(now, "JournalStore.savePlan.now");
        lock.lock();
        try {
            ensureOpen("-");
            plans.save(plan, now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void saveApproval(Approval approval) {
        Objects.requireNonNull(approval, "JournalStore.saveApproval.approval");
        lock.lock();
        try {
            ensureOpen("-");
            plans.save(approval);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Approval> approvals(String fingerprint) {
        Objects.requireNonNull(fingerprint, "JournalStore.approvals.fingerprint");
        lock.lock();
        try {
            ensureOpen("-");
            return plans.approvals(fingerprint);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<BatchPlan> plan(String fingerprint) {
        Objects.requireNonNull(fingerprint, "JournalStore.plan.fingerprint");
        lock.lock();
        try {
            ensureOpen("-");
            BatchPlan waiting = plans.find(fingerprint);
            return waiting != null
                    ? Optional.of(waiting)
                    : runs.values().stream()
                            .map(run -> run.record.plan())
                            .filter(plan -> plan.fingerprint().equals(fingerprint))
                            .findAny();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public RunOpening open(RunRecord run, Lease lease) {
        Objects.requireNonNull(run, "JournalStore.open.run");
        Objects.requireNonNull(lease, "JournalStore.open.lease");
        lock.lock();
        try {
            ensureOpen(run.runId());
            String requestId = run.plan().request().requestId();
            String known = runsByRequest.get(requestId);
            if (known != null) {
                return new RunOpening.AlreadyThere(existing(known).record);
            }
            MemoryRun opened = new MemoryRun(run, lease, clock.instant());
            runs.put(run.runId(), opened);
            runsByRequest.put(requestId, run.runId());
            plans.confirmed(run.plan().fingerprint());
            return new RunOpening.Opened(opened.token());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Set<String> renew(Lease lease, Map<String, FencingToken> renewed) {
        Objects.requireNonNull(lease, "JournalStore.renew.lease");
        Objects.requireNonNull(renewed, "JournalStore.renew.runs");
        lock.lock();
        try {
            ensureOpen("-");
            Instant now = clock.instant();
            Set<String> lost = new HashSet<>();
            renewed.forEach((runId, token) -> {
                MemoryRun run = runs.get(runId);
                if (run == null || !run.token().equals(token)) {
                    lost.add(runId);
                } else {
                    run.renew(lease, now);
                }
            });
            return lost;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void release(String runId, FencingToken token) {
        Objects.requireNonNull(runId, "JournalStore.release.runId");
        Objects.requireNonNull(token, "JournalStore.release.token");
        lock.lock();
        try {
            ensureOpen(runId);
            MemoryRun run = runs.get(runId);
            if (run != null && run.token().equals(token)) {
                run.release(clock.instant());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<String> abandoned(Set<String> platforms, int most) {
        Objects.requireNonNull(platforms, "JournalStore.abandoned.platforms");
        lock.lock();
        try {
            Limits.range("JournalStore.abandoned.most", most, 1, Integer.MAX_VALUE);
            ensureOpen("-");
            Instant now = clock.instant();
            return runs.values().stream()
                    .filter(run ->
                            !run.ended() && !run.parked() && !run.ownedUntil().isAfter(now))
                    .filter(run -> platforms.isEmpty() || run.within(platforms))
                    .sorted(Comparator.comparing(MemoryRun::ownedUntil).thenComparing(run -> run.record.runId()))
                    .limit(most)
                    .map(run -> run.record.runId())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<TakenRun> takeOver(String runId, Lease lease) {
        Objects.requireNonNull(runId, "JournalStore.takeOver.runId");
        Objects.requireNonNull(lease, "JournalStore.takeOver.lease");
        lock.lock();
        try {
            ensureOpen(runId);
            MemoryRun run = runs.get(runId);
            Instant now = clock.instant();
            if (run == null || run.ended() || run.ownedUntil().isAfter(now)) {
                return Optional.empty();
            }
            run.takeOver(lease, now);
            return Optional.of(new TakenRun(run.record, run.token()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean park(String runId, JournalRecord parked) {
        Objects.requireNonNull(runId, "JournalStore.park.runId");
        Objects.requireNonNull(parked, "JournalStore.park.parked");
        lock.lock();
        try {
            ensureOpen(runId);
            MemoryRun run = runs.get(runId);
            if (run == null || run.ended() || run.parked() || run.ownedUntil().isAfter(clock.instant())) {
                return false;
            }
            run.park(parked);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<RunRecord> run(String runId) {
        Objects.requireNonNull(runId, "JournalStore.run.runId");
        lock.lock();
        try {
            ensureOpen(runId);
            return Optional.ofNullable(runs.get(runId)).map(run -> run.record);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<RunRecord> runOfRequest(String requestId) {
        Objects.requireNonNull(requestId, "JournalStore.runOfRequest.requestId");
        lock.lock();
        try {
            ensureOpen("-");
            return Optional.ofNullable(runsByRequest.get(requestId)).map(runId -> existing(runId).record);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Map<TaskRef, ClaimHolder> claim(
            String runId, FencingToken token, Set<TaskRef> tasks, boolean overUnsettled, Instant now) {
        Objects.requireNonNull(runId, "JournalStore.claim.runId");
        Objects.requireNonNull(token, "JournalStore.claim.token");
        Objects.requireNonNull(tasks, "JournalStore.claim.tasks");
        Objects.requireNonNull(now, "JournalStore.claim.now");
        lock.lock();
        try {
            owned(runId, token);
            Map<TaskRef, ClaimHolder> refused = new HashMap<>();
            for (TaskRef task : tasks) {
                ClaimHolder holder = claims.get(task);
                boolean own = holder != null && holder.runId().equals(runId);
                if (holder == null || (holder.unsettled() && (overUnsettled || own))) {
                    claims.put(task, new ClaimHolder(runId, now, false));
                } else if (!own) {
                    refused.put(task, holder);
                }
            }
            return refused;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Appended append(String runId, FencingToken token, List<JournalRecord> records) {
        Objects.requireNonNull(runId, "JournalStore.append.runId");
        Objects.requireNonNull(token, "JournalStore.append.token");
        Objects.requireNonNull(records, "JournalStore.append.records");
        lock.lock();
        try {
            MemoryRun run = owned(runId, token);
            List<JournalRecord> facts = List.copyOf(records);
            Appended appended = run.append(facts);
            facts.forEach(fact -> {
                settleClaim(runId, fact);
                inbox.note(runId, fact);
            });
            if (run.ended()) {
                forgetOldRuns(runId);
            }
            return appended;
        } finally {
            lock.unlock();
        }
    }

    private void settleClaim(String runId, JournalRecord fact) {
        ClaimEffect effect = ClaimEffect.of(fact);
        if (effect == ClaimEffect.NONE || fact.subject() == null) {
            return;
        }
        TaskRef task = fact.subject().task();
        ClaimHolder holder = claims.get(task);
        if (holder == null || holder.unsettled() || !holder.runId().equals(runId)) {
            return;
        }
        if (effect == ClaimEffect.UNSETTLES) {
            claims.put(task, new ClaimHolder(runId, fact.at(), true));
        } else {
            claims.remove(task);
        }
    }

    private void forgetOldRuns(String endedRun) {
        if (endedRuns.contains(endedRun)) {
            return;
        }
        endedRuns.add(endedRun);
        endedFacts += existing(endedRun).entries().size();
        while (endedRuns.size() > ENDED_RUNS || (endedFacts > ENDED_FACTS && endedRuns.size() > 1)) {
            MemoryRun forgotten = runs.remove(endedRuns.remove());
            if (forgotten != null) {
                endedFacts -= forgotten.entries().size();
                runsByRequest.remove(forgotten.record.plan().request().requestId());
                inbox.forget(forgotten.record.runId());
            }
        }
    }

    @Override
    public List<JournalEntry> read(String runId, long after, int most) {
        Objects.requireNonNull(runId, "JournalStore.read.runId");
        lock.lock();
        try {
            Limits.range("JournalStore.read.most", most, 1, Integer.MAX_VALUE);
            ensureOpen(runId);
            MemoryRun run = runs.get(runId);
            if (run == null || after >= run.entries().size()) {
                return List.of();
            }
            int from = (int) Math.max(after, 0);
            int to = (int) Math.min(run.entries().size(), (long) from + most);
            return List.copyOf(run.entries().subList(from, to));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void send(RunCommand command) {
        Objects.requireNonNull(command, "JournalStore.send.command");
        lock.lock();
        try {
            MemoryRun unused = existing(command.runId());
            inbox.put(command);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<RunCommand> commands(Set<String> wanted, int most) {
        Objects.requireNonNull(wanted, "JournalStore.commands.runs");
        lock.lock();
        try {
            Limits.range("JournalStore.commands.most", most, 1, Integer.MAX_VALUE);
            ensureOpen("-");
            return inbox.waiting(wanted, most);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<JournalRecord> answer(String runId, String commandId) {
        Objects.requireNonNull(runId, "JournalStore.answer.runId");
        Objects.requireNonNull(commandId, "JournalStore.answer.commandId");
        lock.lock();
        try {
            ensureOpen(runId);
            return Optional.ofNullable(inbox.answer(runId, commandId));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public RunPage runs(RunFilter filter, @Nullable String from, int most) {
        Objects.requireNonNull(filter, "JournalStore.runs.filter");
        lock.lock();
        try {
            Limits.range("JournalStore.runs.most", most, 1, 1_000);
            ensureOpen("-");
            List<RunSummary> all = runs.values().stream()
                    .map(MemoryRun::summary)
                    .filter(filter::passes)
                    .sorted(RunCursor.NEWEST_FIRST)
                    .toList();
            return RunCursor.page(all, from, most);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<RunSummary> summary(String runId) {
        Objects.requireNonNull(runId, "JournalStore.summary.runId");
        lock.lock();
        try {
            ensureOpen(runId);
            return Optional.ofNullable(runs.get(runId)).map(MemoryRun::summary);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public AuditCheck audit(String runId) {
        Objects.requireNonNull(runId, "JournalStore.audit.runId");
        lock.lock();
        try {
            return new AuditCheck(
                    AuditCheck.Verdict.NOT_KEPT,
                    existing(runId).entries().size(),
                    "",
                    "a journal in memory keeps no hash chain");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private MemoryRun owned(String runId, FencingToken token) {
        MemoryRun run = existing(runId);
        if (!run.token().equals(token)) {
            throw new JournalException(
                    JournalException.Kind.FENCED,
                    runId,
                    "run " + runId + " is owned with token " + run.token() + ", not " + token,
                    null);
        }
        return run;
    }

    private MemoryRun existing(String runId) {
        ensureOpen(runId);
        MemoryRun run = runs.get(runId);
        if (run == null) {
            throw new JournalException(
                    JournalException.Kind.NO_SUCH_RUN, runId, "the journal has no run " + runId, null);
        }
        return run;
    }

    private void ensureOpen(String runId) {
        if (closed) {
            throw new JournalException(JournalException.Kind.CLOSED, runId, "the journal is closed", null);
        }
    }
}
