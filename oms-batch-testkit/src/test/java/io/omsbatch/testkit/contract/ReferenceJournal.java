package io.omsbatch.testkit.contract;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalException.Kind;
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
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The simplest right store, to prove the contract with; broken stores override what they break. */
class ReferenceJournal implements JournalStore {

    static final FencingToken TOKEN = new FencingToken(1);

    static final Set<String> UNPAUSING = Set.of("RESUME", "CANCEL", "CANCEL_LEAVING", "CLOSE_AS_UNKNOWN");

    private static final AtomicLong SKIPPED = new AtomicLong();

    /** Lets time pass for all of them. */
    static void passTime(Duration duration) {
        SKIPPED.addAndGet(duration.toNanos());
    }

    private static long now() {
        return System.nanoTime() + SKIPPED.get();
    }

    /** Who owns a run: its newest token, and until when. */
    static final class Owned {
        FencingToken token = TOKEN;
        long until;
        RunSummary.State state = RunSummary.State.RUNNING;
        Instant since;
        String why = "";
        boolean paused;
        String owner = "";

        Owned(Lease lease, Instant begun) {
            since = begun;
            prolong(lease);
        }

        void stand(RunSummary.State next, JournalRecord fact) {
            if (state != RunSummary.State.ENDED && state != next) {
                state = next;
                since = fact.at();
                why = next == RunSummary.State.PARKED ? fact.code() : "";
            }
        }

        RunSummary.State resting() {
            return paused ? RunSummary.State.PAUSED : RunSummary.State.RUNNING;
        }

        RunSummary.Standing standing() {
            return new RunSummary.Standing(state, since, why, owner, Instant.EPOCH.plusNanos(until));
        }

        void prolong(Lease lease) {
            owner = lease.owner();
            until = now() + lease.duration().toNanos();
        }

        boolean free() {
            return now() - until >= 0 && state != RunSummary.State.ENDED;
        }
    }

    final Map<String, Owned> owners = new HashMap<>();
    final Map<String, BatchPlan> plans = new HashMap<>();
    final List<Approval> approvals = new ArrayList<>();
    final Map<String, RunRecord> runs = new LinkedHashMap<>();
    final Map<String, List<JournalEntry>> facts = new HashMap<>();
    final Map<TaskRef, ClaimHolder> claims = new HashMap<>();
    final List<RunCommand> inbox = new ArrayList<>();
    final Set<List<String>> sent = new HashSet<>();
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
        if (!token.equals(owners.get(runId).token)) {
            throw new JournalException(Kind.FENCED, runId, "token " + token + " is not the newest", null);
        }
    }

    FencingToken newest(String runId) {
        return owners.containsKey(runId) ? owners.get(runId).token : TOKEN;
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
    public synchronized void saveApproval(Approval approval) {
        requireOpen("");
        approvals.removeIf(old ->
                old.fingerprint().equals(approval.fingerprint()) && old.actor().equals(approval.actor()));
        approvals.add(approval);
    }

    @Override
    public synchronized List<Approval> approvals(String fingerprint) {
        requireOpen("");
        return approvals.stream()
                .filter(each -> each.fingerprint().equals(fingerprint))
                .sorted(Comparator.comparing(Approval::at))
                .toList();
    }

    @Override
    public synchronized Optional<BatchPlan> plan(String fingerprint) {
        requireOpen("");
        return Optional.ofNullable(plans.get(fingerprint));
    }

    @Override
    public synchronized RunOpening open(RunRecord run, Lease lease) {
        requireOpen(run.runId());
        Optional<RunRecord> there = runOfRequest(run.plan().request().requestId());
        if (there.isPresent()) {
            return new RunOpening.AlreadyThere(there.get());
        }
        runs.put(run.runId(), run);
        owners.put(run.runId(), new Owned(lease, run.startedAt()));
        facts.put(run.runId(), new ArrayList<>());
        return new RunOpening.Opened(TOKEN);
    }

    @Override
    public synchronized Set<String> renew(Lease lease, Map<String, FencingToken> renewed) {
        requireOpen("");
        Set<String> lost = new HashSet<>();
        renewed.forEach((runId, token) -> {
            Owned owned = owners.get(runId);
            if (owned != null && owned.token.equals(token)) {
                owned.prolong(lease);
            } else {
                lost.add(runId);
            }
        });
        return lost;
    }

    @Override
    public synchronized void release(String runId, FencingToken token) {
        requireOpen(runId);
        Owned owned = owners.get(runId);
        if (owned != null && owned.token.equals(token)) {
            owned.until = now();
        }
    }

    @Override
    public synchronized List<String> abandoned(Set<String> platforms, int most) {
        requireOpen("");
        return runs.keySet().stream()
                .filter(runId -> owners.get(runId).free() && owners.get(runId).state != RunSummary.State.PARKED)
                .filter(runId -> platforms.isEmpty()
                        || runs.get(runId).plan().request().tasks().stream()
                                .allMatch(task -> platforms.contains(task.platform())))
                .sorted(Comparator.comparingLong(runId -> owners.get(runId).until))
                .limit(most)
                .toList();
    }

    @Override
    public synchronized Optional<TakenRun> takeOver(String runId, Lease lease) {
        requireOpen(runId);
        Owned owned = owners.get(runId);
        if (owned == null || !owned.free()) {
            return Optional.empty();
        }
        owned.token = new FencingToken(owned.token.value() + 1);
        owned.prolong(lease);
        return Optional.of(new TakenRun(runs.get(runId), owned.token));
    }

    @Override
    public synchronized boolean park(String runId, JournalRecord parked) {
        requireOpen(runId);
        Owned owned = owners.get(runId);
        if (owned == null || !owned.free() || owned.state == RunSummary.State.PARKED) {
            return false;
        }
        owned.token = new FencingToken(owned.token.value() + 1);
        append(runId, owned.token, List.of(parked));
        return true;
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
            if (mayClaim(holder, runId, overUnsettled)) {
                claims.put(task, new ClaimHolder(runId, now, false));
            } else {
                refused.put(task, holder);
            }
        }
        return refused;
    }

    boolean mayClaim(@Nullable ClaimHolder holder, String runId, boolean overUnsettled) {
        return holder == null || holder.runId().equals(runId) || (holder.unsettled() && overUnsettled);
    }

    @Override
    public synchronized Appended append(String runId, FencingToken token, List<JournalRecord> records) {
        requireOwner(runId, token);
        for (JournalRecord fact : records) {
            List<JournalEntry> run = facts.get(runId);
            run.add(new JournalEntry(run.size() + 1L, token, fact));
            if (fact.kind() == JournalRecord.Kind.OUTCOME || fact.kind() == JournalRecord.Kind.RELEASED) {
                release(runId, fact);
            }
            if (fact.kind() == JournalRecord.Kind.ANSWERED) {
                answered(runId, String.valueOf(fact.detail().get("command")));
            }
            note(owners.get(runId), fact);
        }
        return new Appended(facts.get(runId).size(), "");
    }

    void answered(String runId, String commandId) {
        inbox.removeIf(command -> command.runId().equals(runId) && command.id().equals(commandId));
    }

    void note(Owned owned, JournalRecord fact) {
        if (fact.kind() == JournalRecord.Kind.ENDED || fact.kind() == JournalRecord.Kind.PARKED) {
            owned.stand(RunSummary.State.valueOf(fact.kind().name()), fact);
        } else if (fact.kind() == JournalRecord.Kind.TAKEN_OVER) {
            owned.stand(owned.resting(), fact);
        } else if (fact.kind() == JournalRecord.Kind.CONTROL && fact.subject() == null) {
            owned.paused = fact.code().equals("PAUSE") || (owned.paused && !UNPAUSING.contains(fact.code()));
            owned.stand(owned.resting(), fact);
        }
    }

    void release(String runId, JournalRecord outcome) {
        TaskRef task = outcome.subject().task();
        if (outcome.code().equals(TaskOutcome.Kind.UNKNOWN.name())
                || outcome.code().equals("UNSETTLED")) {
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
    public synchronized void send(RunCommand command) {
        requireOpen(command.runId());
        if (!runs.containsKey(command.runId())) {
            throw new JournalException(Kind.NO_SUCH_RUN, command.runId(), "there is no run " + command.runId(), null);
        }
        if (sent.add(List.of(command.runId(), command.id()))) {
            inbox.add(command);
        }
    }

    @Override
    public synchronized List<RunCommand> commands(Set<String> wanted, int most) {
        requireOpen("");
        return inbox.stream()
                .filter(command -> shows(command, wanted))
                .limit(most)
                .toList();
    }

    boolean shows(RunCommand command, Set<String> wanted) {
        return wanted.contains(command.runId());
    }

    @Override
    public synchronized Optional<JournalRecord> answer(String runId, String commandId) {
        requireOpen(runId);
        return facts.getOrDefault(runId, List.of()).stream()
                .map(JournalEntry::record)
                .filter(fact -> fact.kind() == JournalRecord.Kind.ANSWERED
                        && commandId.equals(fact.detail().get("command")))
                .findFirst();
    }

    @Override
    public synchronized RunPage runs(RunFilter filter, @Nullable String from, int most) {
        requireOpen("");
        return RunCursor.page(
                runs.keySet().stream()
                        .map(this::summarize)
                        .filter(run -> passes(filter, run))
                        .sorted(order())
                        .toList(),
                from,
                most);
    }

    boolean passes(RunFilter filter, RunSummary run) {
        return filter.passes(run);
    }

    Comparator<RunSummary> order() {
        return RunCursor.NEWEST_FIRST;
    }

    @Override
    public synchronized Optional<RunSummary> summary(String runId) {
        requireOpen(runId);
        return runs.containsKey(runId) ? Optional.of(summarize(runId)) : Optional.empty();
    }

    RunSummary summarize(String runId) {
        RunRecord run = runs.get(runId);
        return new RunSummary(
                runId,
                run.plan().request().operation().kind(),
                run.confirmation().actor(),
                run.startedAt(),
                run.plan().request().tasks().size(),
                run.plan().request().redriveOf(),
                owners.get(runId).standing());
    }

    @Override
    public synchronized AuditCheck audit(String runId) {
        requireOpen(runId);
        if (!runs.containsKey(runId)) {
            throw new JournalException(Kind.NO_SUCH_RUN, runId, "there is no run " + runId, null);
        }
        return new AuditCheck(AuditCheck.Verdict.NOT_KEPT, facts.get(runId).size(), "", "");
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
