package io.omsbatch.testkit.contract;

import static io.omsbatch.testkit.contract.JournalContractRun.finds;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.journal.TakenRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The contract of journal stores, on how runs stand and are listed,")
class JournalReachContractTest {

    private static RunSummary with(RunSummary run, int tasks) {
        return new RunSummary(
                run.runId(),
                run.operation(),
                run.confirmedBy(),
                run.startedAt(),
                tasks,
                run.redriveOf(),
                run.standing());
    }

    @Test
    @DisplayName("finds a store that counts the eligible tasks only")
    void countsEligible() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    RunSummary summarize(String runId) {
                        return with(super.summarize(runId), 1);
                    }
                },
                "what a summary says of the confirmed plan",
                "runBegins");
    }

    @Test
    @DisplayName("finds a store that takes each fact of a task for a change of its run")
    void sinceLastFact() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    void note(Owned owned, JournalRecord fact) {
                        super.note(owned, fact);
                        if (fact.subject() != null) {
                            owned.since = fact.at();
                        }
                    }
                },
                "RUN-9: how the run stands when it was paused",
                "runPauses");
    }

    @Test
    @DisplayName("finds a store that leaves a run paused when it is canceled")
    void staysPaused() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    void note(Owned owned, JournalRecord fact) {
                        if (!fact.code().startsWith("CANCEL")) {
                            super.note(owned, fact);
                        }
                    }
                },
                "RUN-9: how the run stands when it was paused, and then an operator chose",
                "runCanceled");
    }

    @Test
    @DisplayName("finds a store that forgets why a run is parked")
    void forgetsWhy() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    void note(Owned owned, JournalRecord fact) {
                        super.note(owned, fact);
                        owned.why = "";
                    }
                },
                "RUN-9: how the run stands when it was parked",
                "runParks");
    }

    @Test
    @DisplayName("finds a store that forgets a pause when the run is parked")
    void forgetsPause() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    void note(Owned owned, JournalRecord fact) {
                        owned.paused &= fact.kind() != JournalRecord.Kind.PARKED;
                        super.note(owned, fact);
                    }
                },
                "RUN-9: how the run stands when it was paused, then parked",
                "runParksWhilePaused");
    }

    @Test
    @DisplayName("finds a store that lets an ended run be parked")
    void parksEnded() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    void note(Owned owned, JournalRecord fact) {
                        super.note(owned, fact);
                        if (fact.kind() == JournalRecord.Kind.PARKED) {
                            owned.state = RunSummary.State.PARKED;
                        }
                    }
                },
                "RUN-9: how the run stands when it has ended",
                "runEnds");
    }

    @Test
    @DisplayName("finds a store that still shows the owner before")
    void showsOldOwner() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Optional<TakenRun> takeOver(String runId, Lease lease) {
                        return super.takeOver(runId, new Lease("engine-1", lease.duration()));
                    }
                },
                "DUR-3: who owns a run that was taken over",
                "runOwned");
    }

    @Test
    @DisplayName("finds a store that parks a run and lets its owner before go on")
    void parksWithoutToken() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized boolean park(String runId, JournalRecord parked) {
                        boolean done = super.park(runId, parked);
                        if (done) {
                            owners.get(runId).token = TOKEN;
                        }
                        return done;
                    }
                },
                "DUR-4: the owner before could still write to a run that was parked",
                "parksUnowned");
    }

    @Test
    @DisplayName("finds a store that parks runs of a live owner")
    void parksOwned() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized boolean park(String runId, JournalRecord parked) {
                        Owned owned = owners.get(runId);
                        if (owned != null) {
                            owned.until -= Duration.ofHours(1).toNanos();
                        }
                        return super.park(runId, parked);
                    }
                },
                "DUR-3: a run whose owner lives was parked by another",
                "parksNothingElse");
    }

    @Test
    @DisplayName("finds a store that lets paused runs rest without an owner")
    void pausedRests() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized List<String> abandoned(Set<String> platforms, int most) {
                        return super.abandoned(platforms, most).stream()
                                .filter(run -> owners.get(run).state != RunSummary.State.PAUSED)
                                .toList();
                    }
                },
                "DUR-1: a paused run needs an owner",
                "pausedNeedsOwner");
    }

    @Test
    @DisplayName("finds a store that offers an engine runs with tasks of other platforms")
    void offersOtherPlatforms() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized List<String> abandoned(Set<String> platforms, int most) {
                        return super.abandoned(Set.of(), most);
                    }
                },
                "DUR-3: the runs of one platform alone",
                "listsByPlatform");
    }

    @Test
    @DisplayName("finds a store that numbers each append from the beginning")
    void saysHowMany() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Appended append(String runId, FencingToken token, List<JournalRecord> records) {
                        Appended unused = super.append(runId, token, records);
                        return new Appended(records.size(), "");
                    }
                },
                "RUN-2: where the last fact of each append stands",
                "saysWhere");
    }

    @Test
    @DisplayName("finds a store whose list shows another run than its summary")
    void listsAnother() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized RunPage runs(RunFilter filter, @Nullable String from, int most) {
                        RunPage page = super.runs(filter, from, most);
                        return new RunPage(
                                page.runs().stream().map(run -> with(run, 0)).toList(), page.next());
                    }
                },
                "the list and the summary of a run differ",
                "listsRuns");
    }

    @Test
    @DisplayName("finds a store that lists runs of the same time in the order of its choice")
    void listsInAnyOrder() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    Comparator<RunSummary> order() {
                        return Comparator.comparing(RunSummary::startedAt)
                                .reversed()
                                .thenComparing(RunSummary::runId);
                    }
                },
                "those confirmed last first, and by id where that was at the same time",
                "listsRuns",
                "pagesRuns");
    }

    @Test
    @DisplayName("finds a store whose cursor counts runs")
    void countsRuns() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized RunPage runs(RunFilter filter, @Nullable String from, int most) {
                        int skipped = from == null ? 0 : number(from);
                        List<RunSummary> all = super.runs(filter, null, 1_000).runs();
                        int end = Math.min(all.size(), skipped + most);
                        return new RunPage(all.subList(skipped, end), end == all.size() ? null : "" + end);
                    }

                    private int number(String from) {
                        try {
                            return Integer.parseInt(from);
                        } catch (NumberFormatException none) {
                            throw new InvalidInputException("JournalStore.runs.from", "is no cursor");
                        }
                    }
                },
                "pages must have no gaps and no run twice",
                "pagesRuns");
    }

    @Test
    @DisplayName("finds a store that begins again with a cursor that it does not know")
    void beginsAgain() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized RunPage runs(RunFilter filter, @Nullable String from, int most) {
                        try {
                            return super.runs(filter, from, most);
                        } catch (InvalidInputException unknown) {
                            return super.runs(filter, null, most);
                        }
                    }
                },
                "SEC-3: a cursor was taken that nobody handed out",
                "refusesCursor");
    }

    /** A store that lists by another filter. */
    private abstract static class OtherFilter extends ReferenceJournal {
        abstract RunFilter instead(RunFilter filter);

        @Override
        boolean passes(RunFilter filter, RunSummary run) {
            return super.passes(instead(filter), run);
        }
    }

    @Test
    @DisplayName("finds a store that lists runs of other states")
    void anyState() {
        finds(
                () -> new OtherFilter() {
                    @Override
                    RunFilter instead(RunFilter filter) {
                        return filter.in();
                    }
                },
                "runs RUNNING",
                "listsByState");
    }

    @Test
    @DisplayName("finds a store that lists runs of other operations")
    void anyOperation() {
        finds(
                () -> new OtherFilter() {
                    @Override
                    RunFilter instead(RunFilter filter) {
                        return filter.of();
                    }
                },
                "runs of two operations",
                "listsByOperation");
    }

    @Test
    @DisplayName("finds a store that takes names for one that differ in case")
    void anyCase() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    boolean passes(RunFilter filter, RunSummary run) {
                        return super.passes(
                                filter.confirmedBy() != null
                                                && filter.confirmedBy()
                                                        .name()
                                                        .equalsIgnoreCase(run.confirmedBy()
                                                                .name())
                                        ? filter.confirmedBy(run.confirmedBy())
                                        : filter,
                                run);
                    }
                },
                "and nobody of a like name",
                "listsByActor");
    }

    @Test
    @DisplayName("finds a store that lists all runs as redrives of a run")
    void anyRedrive() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    boolean passes(RunFilter filter, RunSummary run) {
                        return super.passes(
                                filter.redriveOf() != null && run.redriveOf() != null
                                        ? filter.redrivesOf(run.redriveOf())
                                        : filter,
                                run);
                    }
                },
                "runs that take up tasks of run-1",
                "listsByRedrive");
    }

    @Test
    @DisplayName("finds a store that lists runs of the end of a time, too")
    void endIncluded() {
        finds(
                () -> new OtherFilter() {
                    @Override
                    RunFilter instead(RunFilter filter) {
                        Instant before = filter.startedBefore();
                        return filter.startedBetween(
                                filter.startedFrom(),
                                before == null || before.equals(Instant.MAX) ? before : before.plusNanos(1));
                    }
                },
                "runs confirmed from then on, then included, and before then, then left out",
                "listsByTime");
    }

    @Test
    @DisplayName("finds a store that returns hashes of a chain that it does not keep")
    void inventsHashes() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized Appended append(String runId, FencingToken token, List<JournalRecord> records) {
                        return new Appended(super.append(runId, token, records).last(), "abc");
                    }
                },
                "SEC-4: no chain is kept, and append returned hashes",
                "auditsUntouched");
    }

    @Test
    @DisplayName("finds a store that finds intact what it does not look at")
    void findsEverythingIntact() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized AuditCheck audit(String runId) {
                        return new AuditCheck(
                                AuditCheck.Verdict.INTACT, super.audit(runId).entries(), "", "");
                    }
                },
                "SEC-4: the same facts at another place must have another hash",
                "auditsUntouched");
    }

    @Test
    @DisplayName("finds a store that audits unknown runs")
    void auditsAnything() {
        finds(
                () -> new ReferenceJournal() {
                    @Override
                    public synchronized AuditCheck audit(String runId) {
                        requireOpen(runId);
                        return new AuditCheck(AuditCheck.Verdict.NOT_KEPT, 0, "", "");
                    }
                },
                "SEC-4: an unknown run was found intact",
                "auditsUnknown");
    }
}
