package io.omsbatch.testkit.contract;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalException.Kind;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The simplest right store, to prove the contract with; broken stores override what they break. */
class ReferenceJournal implements JournalStore {

    static final FencingToken TOKEN = new FencingToken(1);

    final Map<String, BatchPlan> plans = new HashMap<>();
    final Map<String, RunRecord> runs = new LinkedHashMap<>();
    final Map<String, List<JournalEntry>> facts = new HashMap<>();
    final Map<TaskRef, ClaimHolder> claims = new HashMap<>();
    private boolean closed;

    void requireOpen(String runId) {
        if (closed) {
            throw new JournalException(Kind.CLOSED, runId, "the store is closed", null);
        }
    }

    void requireOwner(String runId, FencingToken token) {
        requireOpen(runId);
        if (!runs.containsKey(runId)) {
            throw new JournalException(Kind.NO_SUCH_RUN, runId, "there is no run " + runId, null);
        }
        if (!token.equals(TOKEN)) {
            throw new JournalException(Kind.FENCED, runId, "token " + token + " is not the newest", null);
        }
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public synchronized void savePlan(BatchPlan plan, Instant now) {
        requireOpen("");
        plans.put(plan.fingerprint(), plan);
    }

    @Override
    public synchronized Optional<BatchPlan> plan(String fingerprint) {
        requireOpen("");
        return Optional.ofNullable(plans.get(fingerprint));
    }

    @Override
    public synchronized RunOpening open(RunRecord run) {
        requireOpen(run.runId());
        Optional<RunRecord> there = runOfRequest(run.plan().request().requestId());
        if (there.isPresent()) {
            return new RunOpening.AlreadyThere(there.get());
        }
        runs.put(run.runId(), run);
        facts.put(run.runId(), new ArrayList<>());
        return new RunOpening.Opened(TOKEN);
    }

    @Override
    public synchronized Optional<RunRecord> run(String runId) {
        requireOpen(runId);
        return Optional.ofNullable(runs.get(runId));
    }

    @Override
    public synchronized Optional<RunRecord> runOfRequest(String requestId) {
        requireOpen("");
        return runs.values().stream()
                .filter(run -> run.plan().request().requestId().equals(requestId))
                .findFirst();
    }

    @Override
    public synchronized Map<TaskRef, ClaimHolder> claim(
            String runId, FencingToken token, Set<TaskRef> tasks, boolean overUnsettled, Instant now) {
        requireOwner(runId, token);
        Map<TaskRef, ClaimHolder> refused = new HashMap<>();
        for (TaskRef task : tasks) {
            ClaimHolder holder = claims.get(task);
            if (holder == null
                    || (holder.runId().equals(runId) && !holder.unsettled())
                    || (holder.unsettled() && overUnsettled)) {
                claims.put(task, new ClaimHolder(runId, now, false));
            } else {
                refused.put(task, holder);
            }
        }
        return refused;
    }

    @Override
    public synchronized void append(String runId, FencingToken token, List<JournalRecord> records) {
        requireOwner(runId, token);
        for (JournalRecord fact : records) {
            List<JournalEntry> run = facts.get(runId);
            run.add(new JournalEntry(run.size() + 1L, token, fact));
            if (fact.kind() == JournalRecord.Kind.OUTCOME) {
                release(runId, fact);
            }
        }
    }

    void release(String runId, JournalRecord outcome) {
        TaskRef task = outcome.subject().task();
        if (outcome.code().equals(TaskOutcome.Kind.UNKNOWN.name())) {
            claims.put(task, new ClaimHolder(runId, outcome.at(), true));
        } else {
            claims.remove(task);
        }
    }

    @Override
    public synchronized List<JournalEntry> read(String runId, long after, int most) {
        requireOpen(runId);
        return facts.getOrDefault(runId, List.of()).stream()
                .skip(after)
                .limit(most)
                .toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
