package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.entered;
import static io.omsbatch.core.EngineHarness.ref;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.check.Promises;
import io.omsbatch.testkit.check.RunBounds;
import io.omsbatch.testkit.check.RunHistory;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.Moment;
import io.omsbatch.testkit.history.RecordedEntry;
import io.omsbatch.testkit.history.RecordedLease;
import io.omsbatch.testkit.history.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Takes the history of a run that kept every promise, and breaks one promise in it. */
@DisplayName("The check of a promise")
class BrokenHistoriesTest {

    private static final List<TaskRef> TASKS = List.of(ref("t1"), ref("t2"));

    private static RunHistory plain() {
        try (EngineHarness world = EngineHarness.with(FaultScript.none())) {
            TASKS.forEach(task -> world.add(task.id(), builder -> builder));
            BatchRun run = world.start(BatchOperation.start(), TASKS);
            return history(world, run, world.await(run));
        }
    }

    private static RunHistory switchover() {
        try (EngineHarness world = EngineHarness.with(FaultScript.none())) {
            TASKS.forEach(task -> world.add(task.id(), entered(MigrationType.complete())));
            SwitchoverWorkflow workflow = world.switchover(TASKS);
            return history(world, workflow, Operator.drive(world, workflow));
        }
    }

    private static RunHistory aborted() {
        try (EngineHarness world = new EngineHarness(
                PlatformSettings.of(1).withCapabilities(GatewayCapabilities.of(GatewayCapability.UNDO)),
                FaultScript.none(),
                UnaryOperator.identity())) {
            TASKS.forEach(task -> world.add(task.id(), entered(MigrationType.complete())));
            SwitchoverWorkflow workflow = world.switchover(TASKS);
            Operator.all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
            Operator.settle(world, workflow);
            TASKS.forEach(task ->
                    Operator.one(workflow, SwitchoverAction.ABORT, SwitchoverStep.CONFIRM_WRITES_STOPPED, task));
            return history(world, workflow, world.await(workflow));
        }
    }

    private static RunHistory history(EngineHarness world, BatchRun run, BatchReport report) {
        return new RunHistory(
                world.journal.run(run.id()).orElseThrow(),
                report,
                world.platform.recording(world.journal),
                world.platform.capabilities(),
                RunBounds.defaults());
    }

    static Stream<Arguments> breaks() {
        RunHistory plain = plain();
        RunHistory cutover = switchover();
        return Stream.of(
                broken(
                        "PLAN-1",
                        "a command before the run was confirmed",
                        plain,
                        first(CallKind.COMMAND, BrokenHistoriesTest::early)),
                broken("PLAN-3", "no read before a command", plain, calls(call -> call.kind() != CallKind.READ)),
                broken("RUN-1", "a task without an outcome", plain, facts(none(JournalRecord.Kind.OUTCOME))),
                broken(
                        "RUN-1",
                        "a command after the outcome",
                        plain,
                        last(CallKind.COMMAND, BrokenHistoriesTest::late)),
                broken("RUN-2", "a command without an intent", plain, facts(none(JournalRecord.Kind.INTENT))),
                broken("RUN-4", "success that nobody saw", plain, calls(call -> call.kind() != CallKind.READ)),
                broken("RUN-5", "a command without a claim", plain, h -> with(h, claimless(h.recording()))),
                broken("RUN-8", "a run that did not end", plain, h -> reported(h, null)),
                broken("RUN-10", "more calls at once than the limit", plain, h -> bounded(h, 0)),
                broken("SEC-2", "an escape code in the journal", plain, facts(BrokenHistoriesTest::poisoned)),
                broken(
                        "RUN-12",
                        "a confirmation that reached two gates",
                        cutover,
                        h -> with(h, repeated(h.recording(), JournalRecord.Kind.CONTROL))),
                broken(
                        "SW-2",
                        "an operator's step without a confirmation",
                        cutover,
                        facts(none(JournalRecord.Kind.CONTROL))),
                broken(
                        "SW-3",
                        "a task that passed the barrier alone",
                        cutover,
                        facts(not(fact -> about(fact, TASKS.get(1), SwitchoverStep.PROCESS_DATABASE_OBJECTS)))),
                broken("SW-4", "forward sync stopped unseen", cutover, calls(call -> call.kind() != CallKind.OBSERVE)),
                broken(
                        "SW-5",
                        "a reverse increment before a look",
                        cutover,
                        calls(call -> call.kind() != CallKind.OBSERVE)),
                broken(
                        "RUN-9",
                        "a paused run that began something",
                        plain,
                        h -> bounded(facts(BrokenHistoriesTest::paused).apply(h), 1)),
                broken("SW-1", "the last step first", cutover, first(CallKind.STEP, BrokenHistoriesTest::asLastStep)),
                broken(
                        "SW-6",
                        "a target store that nobody saw",
                        cutover,
                        calls(call -> call.kind() != CallKind.OBSERVE)),
                broken("SW-10", "a lag that nobody saw", cutover, calls(call -> call.kind() != CallKind.OBSERVE)),
                broken("SW-7", "no point of no return", cutover, facts(none(JournalRecord.Kind.POINT_OF_NO_RETURN))),
                broken("SW-8", "an undo that nobody decided on", aborted(), facts(none(JournalRecord.Kind.UNDO))),
                broken(
                        "SW-9",
                        "a step begun long after its source was frozen",
                        cutover,
                        h -> under(h, RunPolicy.none().withFreeze(FreezeBudget.reporting(Duration.ofSeconds(1))))),
                broken(
                        "SW-11",
                        "a confirmation at a step that nobody confirms",
                        cutover,
                        details(JournalRecord.Kind.CONTROL, SwitchoverAction.MARK.name(), Map.of())),
                broken(
                        "PLAN-2",
                        "a task that the plan forgot",
                        plain,
                        h -> planned(h, entries -> entries.subList(1, 2))),
                broken(
                        "RUN-3",
                        "a command repeated under another key",
                        plain,
                        h -> calls(h, BrokenHistoriesTest::twice)),
                broken(
                        "RUN-7",
                        "two tasks at once in flight under a budget of none",
                        plain,
                        h -> under(h, RunPolicy.none().withBudget(FailureBudget.tasks(0)))),
                broken(
                        "DUR-1",
                        "a task deleted that was to be started",
                        plain,
                        first(
                                CallKind.COMMAND,
                                call -> ordered(
                                        call, "DELETE", call.ordered().context().key()))),
                broken("DUR-2", "a token that no owner had", plain, leases(BrokenHistoriesTest::ofOthers)),
                broken("DUR-3", "a run taken over while it was owned", plain, leases(BrokenHistoriesTest::robbed)),
                broken("DUR-4", "a fact that was lost", plain, facts(all -> all.subList(1, all.size()))),
                broken("DUR-5", "a result of who did not own the run", plain, leases(BrokenHistoriesTest::robbed)),
                broken("SEC-1", "a denied task that was started", plain, h -> planned(h, BrokenHistoriesTest::denied)),
                broken(
                        "SEC-3",
                        "a text without end",
                        plain,
                        details(JournalRecord.Kind.OUTCOME, "SUCCEEDED", Map.of("message", "no".repeat(9_999)))),
                broken(
                        "SEC-4",
                        "an operator without a reason",
                        cutover,
                        details(JournalRecord.Kind.CONTROL, "CONFIRM", Map.of("reason", " "))));
    }

    private static Arguments broken(String id, String what, RunHistory good, UnaryOperator<RunHistory> breaks) {
        return Arguments.of(id, what, good, breaks);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("breaks")
    @DisplayName("fails where it was broken, and says so by its id, with the whole history")
    void fails(String id, String what, RunHistory good, UnaryOperator<RunHistory> breaks) {
        RunHistory bad = breaks.apply(good);
        assertThatThrownBy(() ->
                        Objects.requireNonNull(Promises.checks(true).get(id)).accept(bad))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(id + " is broken: ")
                .hasMessageContaining("run " + good.run().runId());
    }

    @Test
    @DisplayName("passes where every promise was kept")
    void passes() {
        Promises.all(plain());
        Promises.all(switchover());
    }

    private static UnaryOperator<RunHistory> calls(Predicate<GatewayCall> kept) {
        return h -> with(
                h,
                new Recording(
                        h.recording().calls().stream().filter(kept).toList(),
                        h.recording().facts(),
                        h.recording().claims(),
                        h.recording().leases(),
                        h.recording().remarks()));
    }

    private static RunHistory calls(RunHistory h, UnaryOperator<List<GatewayCall>> change) {
        Recording recording = h.recording();
        return with(
                h,
                new Recording(
                        change.apply(recording.calls()),
                        recording.facts(),
                        recording.claims(),
                        recording.leases(),
                        recording.remarks()));
    }

    private static List<GatewayCall> twice(List<GatewayCall> calls) {
        GatewayCall command = calls.stream()
                .filter(call -> call.kind() == CallKind.COMMAND)
                .findFirst()
                .orElseThrow();
        return Stream.concat(
                        calls.stream(),
                        Stream.of(ordered(command, command.ordered().what(), "another key")))
                .toList();
    }

    private static GatewayCall ordered(GatewayCall call, String what, String key) {
        CommandContext context = call.ordered().context();
        return new GatewayCall(
                call.number(),
                call.kind(),
                call.tasks(),
                new GatewayCall.Order(
                        what,
                        "",
                        new CommandContext(
                                context.runId(),
                                key,
                                context.attempt(),
                                context.token(),
                                context.deadline(),
                                context.actor())),
                call.timing(),
                call.answer(),
                call.note());
    }

    private static UnaryOperator<RunHistory> leases(UnaryOperator<List<RecordedLease>> change) {
        return h -> with(
                h,
                new Recording(
                        h.recording().calls(),
                        h.recording().facts(),
                        h.recording().claims(),
                        change.apply(h.recording().leases()),
                        h.recording().remarks()));
    }

    private static List<RecordedLease> ofOthers(List<RecordedLease> leases) {
        return leases.stream()
                .map(lease -> lease(lease, lease.kind(), lease.token().value() + 7))
                .toList();
    }

    private static List<RecordedLease> robbed(List<RecordedLease> leases) {
        RecordedLease first = leases.get(0);
        return List.of(
                first, lease(first, RecordedLease.Kind.TAKEN_OVER, first.token().value() + 1));
    }

    private static RecordedLease lease(RecordedLease lease, RecordedLease.Kind kind, long token) {
        return new RecordedLease(lease.runId(), lease.moment(), new FencingToken(token), kind, lease.duration());
    }

    private static RunHistory under(RunHistory h, RunPolicy policy) {
        BatchPlan plan = h.run().plan();
        return planned(h, plan.request().with(policy), plan.entries());
    }

    private static RunHistory planned(RunHistory h, UnaryOperator<List<PlanEntry>> change) {
        BatchPlan plan = h.run().plan();
        return planned(h, plan.request(), change.apply(plan.entries()));
    }

    private static RunHistory planned(RunHistory h, BatchRequest request, List<PlanEntry> entries) {
        BatchPlan plan = h.run().plan();
        BatchPlan other = new BatchPlan(
                plan.fingerprint(),
                request,
                plan.plannedAt(),
                plan.validUntil(),
                entries,
                plan.lanes(),
                plan.warnings());
        RunRecord run = new RunRecord(
                h.run().runId(), other, h.run().confirmation(), h.run().startedAt());
        return new RunHistory(run, h.report(), h.recording(), h.capabilities(), h.bounds());
    }

    private static List<PlanEntry> denied(List<PlanEntry> entries) {
        return entries.stream()
                .<PlanEntry>map(entry -> new PlanEntry.Denied(entry.ref()))
                .toList();
    }

    /** Gives every fact of a kind another code, and further details. */
    private static UnaryOperator<RunHistory> details(JournalRecord.Kind kind, String code, Map<String, String> more) {
        return facts(all -> all.stream()
                .map(fact -> fact.entry().record().kind() == kind ? told(fact, code, more) : fact)
                .toList());
    }

    private static UnaryOperator<RunHistory> first(CallKind kind, UnaryOperator<GatewayCall> change) {
        return changed(kind, change, false);
    }

    private static UnaryOperator<RunHistory> last(CallKind kind, UnaryOperator<GatewayCall> change) {
        return changed(kind, change, true);
    }

    private static UnaryOperator<RunHistory> changed(CallKind kind, UnaryOperator<GatewayCall> change, boolean last) {
        return h -> {
            List<GatewayCall> calls = new ArrayList<>(h.recording().calls());
            List<GatewayCall> all =
                    calls.stream().filter(call -> call.kind() == kind).toList();
            GatewayCall one = all.get(last ? all.size() - 1 : 0);
            calls.set(calls.indexOf(one), change.apply(one));
            return with(
                    h,
                    new Recording(
                            calls,
                            h.recording().facts(),
                            h.recording().claims(),
                            h.recording().leases(),
                            h.recording().remarks()));
        };
    }

    private static GatewayCall early(GatewayCall call) {
        return at(call, new Moment(0, call.begun().at().minusSeconds(60)));
    }

    private static GatewayCall late(GatewayCall call) {
        return at(call, new Moment(Integer.MAX_VALUE, call.begun().at().plusSeconds(7_200)));
    }

    private static GatewayCall asLastStep(GatewayCall call) {
        return new GatewayCall(
                call.number(),
                call.kind(),
                call.tasks(),
                new GatewayCall.Order(
                        SwitchoverStep.START_REVERSE_INCREMENT.name(),
                        "",
                        call.ordered().context()),
                call.timing(),
                call.answer(),
                call.note());
    }

    private static GatewayCall at(GatewayCall call, Moment moment) {
        return new GatewayCall(
                call.number(),
                call.kind(),
                call.tasks(),
                call.order(),
                new GatewayCall.Timing(moment, moment, moment),
                call.answer(),
                call.note());
    }

    private static UnaryOperator<RunHistory> facts(UnaryOperator<List<RecordedEntry>> change) {
        return h -> with(
                h,
                new Recording(
                        h.recording().calls(),
                        change.apply(h.recording().facts()),
                        h.recording().claims(),
                        h.recording().leases(),
                        h.recording().remarks()));
    }

    private static UnaryOperator<List<RecordedEntry>> none(JournalRecord.Kind kind) {
        return not(fact -> fact.entry().record().kind() == kind);
    }

    private static UnaryOperator<List<RecordedEntry>> not(Predicate<RecordedEntry> left) {
        return facts -> facts.stream().filter(left.negate()).toList();
    }

    private static List<RecordedEntry> paused(List<RecordedEntry> facts) {
        RecordedEntry first = facts.get(0);
        JournalRecord pause = new JournalRecord(
                first.moment().at(),
                JournalRecord.Kind.CONTROL,
                null,
                RunAction.PAUSE.name(),
                Map.of("actor", "ann", "reason", "wait"));
        List<RecordedEntry> more = new ArrayList<>(facts);
        more.add(
                0,
                new RecordedEntry(
                        first.runId(),
                        new Moment(0, first.moment().at()),
                        new JournalEntry(1, first.entry().token(), pause, "")));
        return more;
    }

    private static boolean about(RecordedEntry fact, TaskRef task, SwitchoverStep step) {
        var subject = fact.entry().record().subject();
        return subject != null && subject.task().equals(task) && subject.step().equals(step.name());
    }

    private static List<RecordedEntry> poisoned(List<RecordedEntry> facts) {
        return facts.stream().map(BrokenHistoriesTest::poison).toList();
    }

    private static RecordedEntry poison(RecordedEntry fact) {
        return told(fact, fact.entry().record().code(), Map.of("message", "\u001b[31mall is well"));
    }

    private static RecordedEntry told(RecordedEntry fact, String code, Map<String, String> more) {
        JournalEntry entry = fact.entry();
        JournalRecord record = entry.record();
        Map<String, String> detail = new HashMap<>(record.detail());
        detail.putAll(more);
        return new RecordedEntry(
                fact.runId(),
                fact.moment(),
                new JournalEntry(
                        entry.sequence(),
                        entry.token(),
                        new JournalRecord(record.at(), record.kind(), record.subject(), code, detail),
                        entry.hash()));
    }

    private static Recording claimless(Recording recording) {
        return new Recording(recording.calls(), recording.facts(), List.of(), recording.leases(), recording.remarks());
    }

    private static Recording repeated(Recording recording, JournalRecord.Kind kind) {
        List<RecordedEntry> facts = new ArrayList<>(recording.facts());
        facts.stream()
                .filter(fact -> fact.entry().record().kind() == kind)
                .findFirst()
                .ifPresent(fact -> facts.add(new RecordedEntry(
                        fact.runId(),
                        new Moment(Integer.MAX_VALUE, fact.moment().at()),
                        fact.entry())));
        return new Recording(recording.calls(), facts, recording.claims(), recording.leases(), recording.remarks());
    }

    private static RunHistory with(RunHistory history, Recording recording) {
        return new RunHistory(history.run(), history.report(), recording, history.capabilities(), history.bounds());
    }

    private static RunHistory reported(RunHistory history, @Nullable BatchReport report) {
        return new RunHistory(history.run(), report, history.recording(), history.capabilities(), history.bounds());
    }

    private static RunHistory bounded(RunHistory history, int concurrency) {
        return new RunHistory(
                history.run(),
                history.report(),
                history.recording(),
                history.capabilities(),
                history.bounds().withConcurrency(concurrency));
    }
}
