package io.omsbatch.testkit.contract;

import static io.omsbatch.testkit.contract.JournalContractRun.finds;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The contract of journal stores")
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // that is what some stores break
class JournalStoreContractTest {

    @Test
    @DisplayName("is kept by the simplest right store")
    void kept() {
        ContractRun run = JournalContractRun.of(ReferenceJournal::new);
        assertThat(run.failed()).isEmpty();
        assertThat(run.passed()).isEqualTo(68);
        assertThat(run.skipped()).containsOnlyKeys("survives");
        assertThat(run.skipped().get("survives")).contains("the store says that it is not durable");
    }

    @Test
    @DisplayName("finds a store that changes a plan")
    void changesPlans() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized void savePlan(BatchPlan plan, Instant now) {
                        super.savePlan(
                                new BatchPlan(
                                        plan.fingerprint(),
                                        plan.request(),
                                        plan.plannedAt(),
                                        plan.validUntil(),
                                        plan.entries(),
                                        plan.lanes(),
                                        List.of()),
                                now);
                    }
                },
                "PLAN-3: the plan came back changed",
                "keepsPlans",
                "replacesPlans");
    }

    @Test
    @DisplayName("finds a store that forgets a plan once it is confirmed")
    void forgetsConfirmedPlans() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized RunOpening open(RunRecord run, Lease lease) {
                        plans.remove(run.plan().fingerprint());
                        return super.open(run, lease);
                    }
                },
                "RUN-11: a plan was forgotten when its run was opened",
                "keepsConfirmedPlans");
    }

    @Test
    @DisplayName("finds a store that keeps the older of two plans")
    void keepsOlderPlan() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized void savePlan(BatchPlan plan, Instant now) {
                        requireOpen("");
                        plans.putIfAbsent(plan.fingerprint(), plan);
                    }
                },
                "PLAN-3: the older plan was kept",
                "replacesPlans");
    }

    @Test
    @DisplayName("finds a store that looks for the request and opens in two actions")
    void opensTwice() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public RunOpening open(RunRecord run, Lease lease) {
                        Optional<RunRecord> there =
                                runOfRequest(run.plan().request().requestId());
                        if (there.isPresent()) {
                            return new RunOpening.AlreadyThere(there.get());
                        }
                        LockSupport.parkNanos(200_000);
                        synchronized (this) {
                            runs.put(run.runId(), run);
                            owners.put(run.runId(), new Owned(lease, run.startedAt()));
                            facts.put(run.runId(), new ArrayList<>());
                        }
                        return new RunOpening.Opened(TOKEN);
                    }
                },
                "RUN-11: how many of 12 opened the same request",
                "manyOpen");
    }

    @Test
    @DisplayName("finds a store that lets any token write")
    void doesNotFence() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Appended append(String runId, FencingToken token, List<JournalRecord> records) {
                        return super.append(runId, newest(runId), records);
                    }
                },
                "DUR-2: a token that is not the newest could write",
                "fencesAppends",
                "fencedAnswersNothing",
                "parksUnowned",
                "takesOver");
    }

    @Test
    @DisplayName("finds a store that writes before it looks at the token")
    void fencesTooLate() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Appended append(String runId, FencingToken token, List<JournalRecord> records) {
                        Appended appended = super.append(runId, newest(runId), records);
                        requireOwner(runId, token);
                        return appended;
                    }
                },
                "DUR-2: a fenced append wrote something",
                "fencesAppends",
                "fencedAnswersNothing");
    }

    @Test
    @DisplayName("finds a store that loses the last fact of an append")
    void losesTheLast() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Appended append(String runId, FencingToken token, List<JournalRecord> records) {
                        int kept = records.size() > 1 ? records.size() - 1 : 1;
                        return super.append(runId, token, records.subList(0, kept));
                    }
                },
                "RUN-2: the facts came back changed",
                "appends",
                "findsUntilAnswered",
                "givenUp",
                "manyAppend",
                "releases",
                "runParksWhilePaused",
                "saysWhere");
    }

    @Test
    @DisplayName("finds a store that lets two appends mix")
    void mixesAppends() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public Appended append(String runId, FencingToken token, List<JournalRecord> records) {
                        Appended first = super.append(runId, token, records.subList(0, 1));
                        if (records.size() == 1) {
                            return first;
                        }
                        LockSupport.parkNanos(20_000);
                        return append(runId, token, records.subList(1, records.size()));
                    }
                },
                "RUN-2: the facts of one append must stand together",
                "manyAppend");
    }

    @Test
    @DisplayName("finds a store that shortens details")
    void shortensDetails() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Appended append(String runId, FencingToken token, List<JournalRecord> records) {
                        return super.append(
                                runId,
                                token,
                                records.stream().map(this::shortened).toList());
                    }

                    private JournalRecord shortened(JournalRecord fact) {
                        Map<String, String> detail = new HashMap<>(fact.detail());
                        detail.replaceAll((key, value) -> value.length() > 255 ? value.substring(0, 255) : value);
                        return new JournalRecord(fact.at(), fact.kind(), fact.subject(), fact.code(), detail);
                    }
                },
                "how details are written",
                "appends");
    }

    @Test
    @DisplayName("finds a store that reads from the given number instead of after it")
    void readsFromInstead() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized List<JournalEntry> read(String runId, long after, int most) {
                        return super.read(runId, Math.max(0, after - 1), most);
                    }
                },
                "reading after 3, at most 2",
                "readsInParts",
                "readsNothing");
    }

    @Test
    @DisplayName("finds a store that takes tasks of two platforms for one")
    void mixesPlatforms() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Map<TaskRef, ClaimHolder> claim(
                            String runId, FencingToken token, Set<TaskRef> tasks, boolean over, Instant now) {
                        Set<TaskRef> flat = new HashSet<>();
                        tasks.forEach(task -> flat.add(new TaskRef("oms-eu", task.id())));
                        return super.claim(runId, token, flat, over, now);
                    }
                },
                "RUN-5: two platforms may have tasks of the same id",
                "platforms");
    }

    @Test
    @DisplayName("finds a store that claims nothing when one task is refused")
    void allOrNothing() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Map<TaskRef, ClaimHolder> claim(
                            String runId, FencingToken token, Set<TaskRef> tasks, boolean over, Instant now) {
                        Map<TaskRef, ClaimHolder> before = new HashMap<>(claims);
                        Map<TaskRef, ClaimHolder> refused = super.claim(runId, token, tasks, over, now);
                        if (!refused.isEmpty()) {
                            claims.clear();
                            claims.putAll(before);
                        }
                        return refused;
                    }
                },
                "RUN-5: the task that was not refused must be claimed",
                "refusesHeld");
    }

    @Test
    @DisplayName("finds a store that claims in two actions")
    void claimsTwice() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public Map<TaskRef, ClaimHolder> claim(
                            String runId, FencingToken token, Set<TaskRef> tasks, boolean over, Instant now) {
                        Map<TaskRef, ClaimHolder> seen;
                        synchronized (this) {
                            seen = new HashMap<>(claims);
                        }
                        LockSupport.parkNanos(200_000);
                        synchronized (this) {
                            tasks.forEach(task -> {
                                if (!seen.containsKey(task)) {
                                    claims.remove(task);
                                }
                            });
                            return super.claim(runId, token, tasks, over, now);
                        }
                    }
                },
                "RUN-5: how many of 12 runs got the task",
                "manyClaim");
    }

    @Test
    @DisplayName("finds a store that releases a task with any fact")
    void releasesTooEarly() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Appended append(String runId, FencingToken token, List<JournalRecord> records) {
                        Appended appended = super.append(runId, token, records);
                        records.stream()
                                .filter(fact -> fact.kind() == JournalRecord.Kind.RESULT && fact.subject() != null)
                                .forEach(fact -> claims.remove(fact.subject().task()));
                        return appended;
                    }
                },
                "RUN-5: an OUTCOME, and nothing else, releases",
                "releases");
    }

    @Test
    @DisplayName("finds a store that never releases a task")
    void neverReleases() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    void release(String runId, JournalRecord outcome) {
                        if (outcome.kind() == JournalRecord.Kind.RELEASED
                                || outcome.code().equals(TaskOutcome.Kind.UNKNOWN.name())) {
                            super.release(runId, outcome);
                        }
                    }
                },
                "RUN-5: an OUTCOME, and nothing else, releases",
                "releases",
                "unsettled");
    }

    @Test
    @DisplayName("finds a store that forgets that a task was left UNKNOWN")
    void forgetsUnknown() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    void release(String runId, JournalRecord outcome) {
                        if (outcome.kind() == JournalRecord.Kind.RELEASED) {
                            super.release(runId, outcome);
                        } else {
                            claims.remove(outcome.subject().task());
                        }
                    }
                },
                "RUN-5: after UNKNOWN the task must be refused",
                "unsettled");
    }

    @Test
    @DisplayName("finds a store that gives away what a live run holds, when unsettled tasks are asked for")
    void stealsLive() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Map<TaskRef, ClaimHolder> claim(
                            String runId, FencingToken token, Set<TaskRef> tasks, boolean over, Instant now) {
                        if (over) {
                            requireOwner(runId, token);
                            tasks.forEach(claims::remove);
                        }
                        return super.claim(runId, token, tasks, over, now);
                    }
                },
                "RUN-5: a task of a live run was given away",
                "liveStaysHeld",
                "ownUnsettled");
    }

    @Test
    @DisplayName("finds a store that refuses a run what it left unsettled itself")
    void refusesOwn() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    boolean mayClaim(@Nullable ClaimHolder holder, String runId, boolean overUnsettled) {
                        return super.mayClaim(holder, runId, overUnsettled)
                                && (holder == null || !holder.unsettled() || overUnsettled);
                    }
                },
                "RUN-5: a run was refused what it had left unsettled itself",
                "ownUnsettled");
    }

    @Test
    @DisplayName("finds a store that keeps a claim that was given up")
    void keepsGivenUp() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    void release(String runId, JournalRecord fact) {
                        if (fact.kind() == JournalRecord.Kind.OUTCOME) {
                            super.release(runId, fact);
                        }
                    }
                },
                "RUN-8: RELEASED must give a task back",
                "givenUp");
    }

    @Test
    @DisplayName("finds a store that can still be called when it is closed")
    void staysOpen() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized void close() {}
                },
                "a closed store took a call",
                "closes");
    }

    @Test
    @DisplayName("finds a store that says it is durable and forgets")
    void forgets() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public boolean durable() {
                        return true;
                    }
                },
                "the run was forgotten",
                "survives");
    }
}
