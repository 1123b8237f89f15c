package io.omsbatch.core.process;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.testkit.check.Promises;
import io.omsbatch.testkit.check.RunBounds;
import io.omsbatch.testkit.check.RunHistory;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.GatewayAnswer;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.Moment;
import io.omsbatch.testkit.history.RecordedEntry;
import io.omsbatch.testkit.history.Recording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that is left of a run when it is over: what its journal holds, and what came of it at the platform. */
record RunFacts(RunRecord run, List<JournalEntry> entries, List<RowPlatform.Arrival> arrivals) {

    private static final int PAGE = 1_000;

    static RunFacts read(JournalStore journal, RunRecord run, List<RowPlatform.Arrival> arrivals) {
        List<JournalEntry> entries = new ArrayList<>();
        List<JournalEntry> page = journal.read(run.runId(), 0, PAGE);
        while (!page.isEmpty()) {
            entries.addAll(page);
            page = journal.read(run.runId(), page.get(page.size() - 1).sequence(), PAGE);
        }
        return new RunFacts(run, entries, arrivals);
    }

    boolean switchover() {
        return run.plan().request().operation().kind() == OperationKind.FORWARD_SWITCHOVER;
    }

    Stream<JournalRecord> facts(JournalRecord.Kind kind) {
        return entries.stream().map(JournalEntry::record).filter(record -> record.kind() == kind);
    }

    Stream<JournalRecord> facts(JournalRecord.Kind kind, String task) {
        return facts(kind)
                .filter(record -> subject(record)
                        .filter(subject -> subject.task().id().equals(task))
                        .isPresent());
    }

    static Optional<Subject> subject(JournalRecord record) {
        return Optional.ofNullable(record.subject());
    }

    Stream<RowPlatform.Arrival> effects() {
        return arrivals.stream().filter(arrival -> arrival.did().verdict().equals("EFFECT"));
    }

    /** Judges the run by the promises that journal and platform can tell of: all but those about what was looked at. */
    void judge(Manners manners) {
        RunHistory history = new RunHistory(run, null, recording(), manners.capabilities(), RunBounds.defaults());
        Promises.run2(history);
        if (switchover()) {
            Promises.sw1(history);
            Promises.sw2(history);
            Promises.sw3(history);
            Promises.sw7(history);
            Promises.run12(history);
        }
    }

    /** Puts facts and calls in one order, by their times on the one clock of this machine. */
    private Recording recording() {
        record Happened(Instant at, long order, Object what) {}
        List<Happened> all = new ArrayList<>();
        entries.forEach(entry -> all.add(new Happened(entry.record().at(), entry.sequence(), entry)));
        arrivals.forEach(arrival -> all.add(new Happened(arrival.at(), Long.MAX_VALUE, arrival)));
        all.sort(Comparator.comparing(Happened::at).thenComparingLong(Happened::order));
        List<RecordedEntry> facts = new ArrayList<>();
        List<GatewayCall> calls = new ArrayList<>();
        int order = 0;
        for (Happened happened : all) {
            Moment moment = new Moment(++order, happened.at());
            if (happened.what() instanceof JournalEntry entry) {
                facts.add(new RecordedEntry(run.runId(), moment, entry));
            } else if (happened.what() instanceof RowPlatform.Arrival arrival) {
                calls.add(call(calls.size() + 1, moment, arrival));
            }
        }
        return new Recording(calls, facts, List.of(), List.of(), List.of());
    }

    private GatewayCall call(int number, Moment moment, RowPlatform.Arrival arrival) {
        CommandContext context = new CommandContext(
                arrival.run(),
                arrival.key(),
                arrival.attempt(),
                new FencingToken(arrival.token()),
                arrival.at(),
                new Actor("somebody"));
        return new GatewayCall(
                number,
                switchover() ? CallKind.STEP : CallKind.COMMAND,
                List.of(TaskRow.ref(arrival.task())),
                new GatewayCall.Order(arrival.did().what(), "", context),
                new GatewayCall.Timing(moment, moment, null),
                GatewayAnswer.of(GatewayAnswer.Kind.ACCEPTED, arrival.did().verdict()),
                "");
    }
}
