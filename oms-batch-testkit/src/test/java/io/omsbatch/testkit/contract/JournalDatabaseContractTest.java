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
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.journal.TakenRun;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.task.TaskRef;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The contract of journal stores, on what goes wrong with a database,")
class JournalDatabaseContractTest {

    private static void forgetting(Consumer<DurableJournal> losing, String message) {
        finds(() -> new DurableJournal(losing), message, "survives");
    }

    /** A store that changes each fact before it keeps it. */
    private static final class Keeping extends ReferenceJournal {
        private final UnaryOperator<JournalRecord> keeping;

        Keeping(UnaryOperator<JournalRecord> keeping) {
            this.keeping = keeping;
        }

        @Override
        public synchronized Appended append(String runId, FencingToken token, List<JournalRecord> records) {
            return super.append(runId, token, records.stream().map(keeping).toList());
        }
    }

    private static JournalRecord with(JournalRecord fact, Map<String, String> detail) {
        return new JournalRecord(fact.at(), fact.kind(), fact.subject(), fact.code(), detail);
    }

    @Test
    @DisplayName("is kept by a store that is there again when it is opened once more")
    void kept() {
        ContractRun run = JournalContractRun.of(() -> new DurableJournal(again -> {}));
        assertThat(run.failed()).isEmpty();
        assertThat(run.skipped()).isEmpty();
        assertThat(run.passed()).isEqualTo(69);
    }

    @Test
    @DisplayName("finds a store that acknowledges before it commits")
    void acknowledgesBeforeCommit() {
        forgetting(
                again -> again.facts.values().forEach(entries -> entries.remove(entries.size() - 1)),
                "facts were forgotten, though they were acknowledged");
    }

    @Test
    @DisplayName("finds a store that writes the facts again in another order when it is opened")
    void reordersOnReopening() {
        forgetting(
                again -> again.facts
                        .values()
                        .forEach(entries -> entries.sort(
                                Comparator.comparing(entry -> entry.record().code()))),
                "facts were forgotten, though they were acknowledged");
    }

    @Test
    @DisplayName("finds a store that loses claims when it is opened again")
    void losesClaims() {
        forgetting(again -> again.claims.clear(), "RUN-5: a claim was forgotten");
    }

    @Test
    @DisplayName("finds a store that loses the inbox when it is opened again")
    void losesInbox() {
        forgetting(again -> again.inbox.clear(), "RUN-12: a command was forgotten");
    }

    @Test
    @DisplayName("finds a store that puts answered commands back when it is opened again")
    void answeredComeBack() {
        forgetting(
                again -> again.inbox.add(0, JournalSamples.command("answered", "run-1")),
                "or one that was answered came back");
    }

    @Test
    @DisplayName("finds a store that loses runs when it is opened again")
    void losesRuns() {
        forgetting(again -> again.runs.clear(), "the run was forgotten");
    }

    @Test
    @DisplayName("finds a store that takes every run for a running one when it is opened again")
    void losesStanding() {
        forgetting(
                again -> again.owners.replaceAll((run, owned) ->
                        new ReferenceJournal.Owned(new Lease(owned.owner, Duration.ofHours(1)), owned.since)),
                "how the run stands was forgotten");
    }

    @Test
    @DisplayName("finds a store that orders facts by their times instead of their numbers")
    void ordersByTime() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized List<JournalEntry> read(String runId, long after, int most) {
                        return super.read(runId, 0, Integer.MAX_VALUE).stream()
                                .sorted(Comparator.comparing(
                                        entry -> entry.record().at()))
                                .skip(after)
                                .limit(most)
                                .toList();
                    }
                },
                "RUN-2: the facts came back changed. Look at: numbering, order",
                "appends");
    }

    @Test
    @DisplayName("finds a store that reads a run in one part, however many facts were asked for")
    void ignoresMost() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized List<JournalEntry> read(String runId, long after, int most) {
                        return super.read(runId, after, Integer.MAX_VALUE);
                    }
                },
                "reading after 3, at most 2",
                "readsInParts");
    }

    @Test
    @DisplayName("finds a store that keeps times to the millisecond")
    void keepsMilliseconds() {
        finds(
                () -> new Keeping(fact -> new JournalRecord(
                        fact.at().truncatedTo(ChronoUnit.MILLIS),
                        fact.kind(),
                        fact.subject(),
                        fact.code(),
                        fact.detail())),
                "RUN-2: the facts came back changed",
                "appends",
                "findsUntilAnswered",
                "givenUp",
                "manyAppend",
                "parksUnowned",
                "runCanceled",
                "runEnds",
                "runParks",
                "runParksWhilePaused",
                "runPauses");
    }

    @Test
    @DisplayName("finds a store that keeps no empty text")
    void keepsNoEmptyText() {
        finds(
                () -> new Keeping(fact -> {
                    Map<String, String> detail = new HashMap<>(fact.detail());
                    detail.values().removeIf(String::isEmpty);
                    return with(fact, detail);
                }),
                "RUN-2: the facts came back changed",
                "appends");
    }

    @Test
    @DisplayName("finds a store that keeps characters of three bytes only")
    void keepsThreeBytes() {
        finds(
                () -> new Keeping(fact -> {
                    Map<String, String> detail = new HashMap<>(fact.detail());
                    detail.replaceAll((key, value) -> value.replaceAll("[^\\u0000-\\uffff]", "?"));
                    return with(fact, detail);
                }),
                "and how details are written",
                "appends");
    }

    @Test
    @DisplayName("finds a store that composes characters")
    void composes() {
        finds(
                () -> new Keeping(fact -> {
                    Map<String, String> detail = new HashMap<>(fact.detail());
                    detail.replaceAll((key, value) -> Normalizer.normalize(value, Normalizer.Form.NFC));
                    return with(fact, detail);
                }),
                "and how details are written",
                "appends");
    }

    /** A store that takes ids for the same that a collation takes for the same. */
    private static final class Collating extends ReferenceJournal {
        private final UnaryOperator<String> collation;
        private final boolean tasks;

        Collating(boolean tasks, UnaryOperator<String> collation) {
            this.tasks = tasks;
            this.collation = collation;
        }

        @Override
        public synchronized Map<TaskRef, ClaimHolder> claim(
                String runId, FencingToken token, Set<TaskRef> asked, boolean over, Instant now) {
            Set<TaskRef> collated = new HashSet<>();
            asked.forEach(
                    task -> collated.add(tasks ? new TaskRef(task.platform(), collation.apply(task.id())) : task));
            return super.claim(runId, token, collated, over, now);
        }

        @Override
        public synchronized Optional<RunRecord> runOfRequest(String requestId) {
            requireOpen("");
            return runs.values().stream()
                    .filter(run -> {
                        String known = run.plan().request().requestId();
                        return tasks
                                ? known.equals(requestId)
                                : collation.apply(known).equals(collation.apply(requestId));
                    })
                    .findFirst();
        }
    }

    private static String unaccented(String id) {
        return Normalizer.normalize(id, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }

    @Test
    @DisplayName("finds a store whose collation does not tell tasks apart by case")
    void tasksByCase() {
        finds(
                () -> new Collating(true, id -> id.toLowerCase(Locale.ROOT)),
                "RUN-5: \"Orders\" was taken for \"orders\". Look at: the collation of the column",
                "likeIds");
    }

    @Test
    @DisplayName("finds a store whose collation does not tell tasks apart by their accents")
    void tasksByAccent() {
        finds(
                () -> new Collating(true, JournalDatabaseContractTest::unaccented),
                "was taken for \"orders\". Look at: the collation of the column",
                "likeIds");
    }

    @Test
    @DisplayName("finds a store that does not tell tasks apart by spaces at their ends")
    void tasksBySpace() {
        finds(
                () -> new Collating(true, String::strip),
                "RUN-5: \"orders \" was taken for \"orders\". Look at: the collation of the column, and padding",
                "likeIds");
    }

    @Test
    @DisplayName("finds a store whose collation does not tell requests apart by case")
    void requestsByCase() {
        finds(
                () -> new Collating(false, id -> id.toLowerCase(Locale.ROOT)),
                "RUN-11: the request \"Q-one\" was taken for another",
                "likeRequests");
    }

    @Test
    @DisplayName("finds a store that looks for a request with LIKE")
    void requestsByPattern() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Optional<RunRecord> runOfRequest(String requestId) {
                        requireOpen("");
                        return runs.values().stream()
                                .filter(run -> run.plan()
                                        .request()
                                        .requestId()
                                        .matches("\\Q" + requestId.replace("_", "\\E.\\Q") + "\\E"))
                                .findFirst();
                    }
                },
                "RUN-11: the request \"q_one\" was taken for another",
                "likeRequests");
    }

    @Test
    @DisplayName("finds a store that grants a claim whoever holds it")
    void grantsTwice() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Map<TaskRef, ClaimHolder> claim(
                            String runId, FencingToken token, Set<TaskRef> tasks, boolean over, Instant now) {
                        requireOwner(runId, token);
                        tasks.forEach(task -> claims.put(task, new ClaimHolder(runId, now, false)));
                        return Map.of();
                    }
                },
                "RUN-5: another run must be refused, told who holds the task and since when",
                "refusesHeld",
                "givenUp",
                "liveStaysHeld",
                "manyClaim",
                "ownUnsettled",
                "releases",
                "unsettled");
    }

    @Test
    @DisplayName("finds a store that says since when by the time of who is refused")
    void holderSinceNow() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Map<TaskRef, ClaimHolder> claim(
                            String runId, FencingToken token, Set<TaskRef> tasks, boolean over, Instant now) {
                        Map<TaskRef, ClaimHolder> refused = new HashMap<>(super.claim(runId, token, tasks, over, now));
                        refused.replaceAll((task, holder) -> new ClaimHolder(
                                holder.runId(), holder.since().truncatedTo(ChronoUnit.SECONDS), holder.unsettled()));
                        return refused;
                    }
                },
                "since when, and get the rest",
                "refusesHeld",
                "givenUp",
                "liveStaysHeld",
                "ownUnsettled");
    }

    @Test
    @DisplayName("finds a store that claims with any token")
    void claimsWithAnyToken() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Map<TaskRef, ClaimHolder> claim(
                            String runId, FencingToken token, Set<TaskRef> tasks, boolean over, Instant now) {
                        return super.claim(runId, newest(runId), tasks, over, now);
                    }
                },
                "DUR-2: a token that is not the newest could claim",
                "fencesClaims",
                "takesOver");
    }

    @Test
    @DisplayName("finds a store that leaves the token as it is when a run is taken over")
    void keepsTheToken() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Optional<TakenRun> takeOver(String runId, Lease lease) {
                        return super.takeOver(runId, lease).map(taken -> {
                            FencingToken before = new FencingToken(taken.token().value() - 1);
                            owners.get(runId).token = before;
                            return new TakenRun(taken.run(), before);
                        });
                    }
                },
                "is not higher than 1. Look at: what raises the token",
                "takesOver",
                "releasesRuns",
                "renewsNothingTaken",
                "runOwned");
    }

    @Test
    @DisplayName("finds a store that compares the end of a lease with the wrong clock")
    void wrongClock() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Optional<TakenRun> takeOver(String runId, Lease lease) {
                        Owned owned = owners.get(runId);
                        if (owned != null) {
                            owned.until -= Duration.ofHours(1).toNanos();
                        }
                        return super.takeOver(runId, lease);
                    }
                },
                "DUR-3: a run whose owner lives could be taken over",
                "liveStaysOwned",
                "manyTakeOver",
                "takesOver");
    }

    @Test
    @DisplayName("finds a store that renews a lease for whoever asks")
    void renewsForAnybody() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Set<String> renew(Lease lease, Map<String, FencingToken> renewed) {
                        Map<String, FencingToken> newest = new HashMap<>(renewed);
                        newest.replaceAll((run, token) -> newest(run));
                        return super.renew(lease, newest);
                    }
                },
                "DUR-2: an owner was not told that its run was taken over",
                "renewsNothingTaken");
    }

    @Test
    @DisplayName("finds a store that refuses to renew a lease that is over")
    void refusesLateRenewal() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Set<String> renew(Lease lease, Map<String, FencingToken> renewed) {
                        Map<String, FencingToken> live = new HashMap<>(renewed);
                        live.keySet()
                                .removeIf(run -> owners.containsKey(run)
                                        && owners.get(run).free());
                        Set<String> lost = new HashSet<>(super.renew(lease, live));
                        renewed.keySet().stream()
                                .filter(run -> !live.containsKey(run))
                                .forEach(lost::add);
                        return lost;
                    }
                },
                "and that nobody took over, could not be renewed",
                "renewsLate");
    }

    @Test
    @DisplayName("finds a store that says nothing of unknown runs when leases are renewed")
    void renewsUnknown() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Set<String> renew(Lease lease, Map<String, FencingToken> renewed) {
                        Set<String> lost = new HashSet<>(super.renew(lease, renewed));
                        lost.removeIf(run -> !runs.containsKey(run));
                        return lost;
                    }
                },
                "Look at: what renew says of unknown runs",
                "renews");
    }

    @Test
    @DisplayName("finds a store that releases a run for whoever asks")
    void releasesForAnybody() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized void release(String runId, FencingToken token) {
                        super.release(runId, newest(runId));
                    }
                },
                "DUR-3: a run was released with a token that is not its own",
                "releasesRuns");
    }

    @Test
    @DisplayName("finds a store that lists parked runs as abandoned")
    void parkedAreAbandoned() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized List<String> abandoned(Set<String> platforms, int most) {
                        List<String> found = new ArrayList<>(super.abandoned(platforms, most));
                        runs.keySet().stream()
                                .filter(run -> owners.get(run).state == RunSummary.State.PARKED
                                        && owners.get(run).free())
                                .forEach(found::add);
                        return found;
                    }
                },
                "RUN-8: a parked run was listed as abandoned, and would go on",
                "parkedRests",
                "parksUnowned");
    }

    @Test
    @DisplayName("finds a store that lists abandoned runs newest first")
    void newestAbandonedFirst() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized List<String> abandoned(Set<String> platforms, int most) {
                        List<String> all = new ArrayList<>(super.abandoned(platforms, Integer.MAX_VALUE));
                        Collections.reverse(all);
                        return all.subList(0, Math.min(most, all.size()));
                    }
                },
                "the abandoned runs, oldest first",
                "listsOldestFirst",
                "listsByPlatform");
    }

    @Test
    @DisplayName("finds a store that keeps the first thing that a person said of a plan")
    void keepsTheFirstApproval() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized void saveApproval(Approval approval) {
                        boolean known = approvals.stream()
                                .anyMatch(old -> old.fingerprint().equals(approval.fingerprint())
                                        && old.actor().equals(approval.actor()));
                        if (known) {
                            requireOpen("");
                        } else {
                            super.saveApproval(approval);
                        }
                    }
                },
                "SEC-4: what a person says last replaces what the same person said before",
                "keepsApprovals");
    }

    @Test
    @DisplayName("finds a store that opens a run without the approval that it needed")
    void losesTheApproval() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized RunOpening open(RunRecord run, Lease lease) {
                        return super.open(
                                new RunRecord(run.runId(), run.plan(), run.confirmation(), run.startedAt()), lease);
                    }
                },
                "SEC-4: a run came back without the approval that it needed",
                "keepsApprovals");
    }

    @Test
    @DisplayName("finds a store that forgets which unknown tasks were acknowledged")
    void losesAcknowledgements() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized RunOpening open(RunRecord run, Lease lease) {
                        return super.open(
                                new RunRecord(
                                        run.runId(),
                                        run.plan(),
                                        run.confirmation().acknowledging(Set.of()),
                                        run.startedAt(),
                                        run.approval()),
                                lease);
                    }
                },
                "RUN-11: the run came back changed, or not at all",
                "findsRuns",
                "keepsApprovals",
                "opensOnce",
                "takesOver");
    }

    @Test
    @DisplayName("finds a store that cannot be closed twice")
    void closesOnce() {
        finds(
                () -> new ReferenceJournal() {
                    private int closed;

                    @Override
                    public synchronized void close() {
                        closed++;
                        if (closed == 2) {
                            throw new IllegalStateException("the pool is closed");
                        }
                        super.close();
                    }
                },
                "IllegalStateException: the pool is closed",
                "closes");
    }
}
