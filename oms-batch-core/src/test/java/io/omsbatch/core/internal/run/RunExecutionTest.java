package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.core.OutageJournal;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.notify.Subscriber;
import io.omsbatch.core.internal.step.Readiness;
import io.omsbatch.core.settings.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A run that is carried out")
class RunExecutionTest {

    private static final EngineSettings SETTINGS = EngineSettings.defaults();

    private @Nullable OneRun run;
    private @Nullable ScriptedPort port;
    private @Nullable RunExecution execution;

    @AfterEach
    void closeRun() {
        if (run != null) {
            run.close();
        }
    }

    private void begin(EngineSettings settings, RunPolicy policy, int tasks) {
        run = OneRun.of(settings, GatewayCapabilities.of(), policy, tasks);
        port = new ScriptedPort(run);
        execution = new RunExecution(run.ledger, port, Map.of());
    }

    private static EngineSettings calls(int concurrency, int pageSize) {
        return SETTINGS.withCalls(SETTINGS.calls().withConcurrency(concurrency).withPageSize(pageSize));
    }

    private BatchReport ended() {
        run.environment.advance(Duration.ofHours(1));
        CompletableFuture<BatchReport> completion = run.ledger.life().completion();
        assertThat(completion).isDone();
        return completion.join();
    }

    private List<JournalRecord> facts(JournalRecord.Kind kind) {
        return run.journal.read(run.ledger.record().runId(), 0, 1000).stream()
                .map(JournalEntry::record)
                .filter(fact -> fact.kind() == kind)
                .toList();
    }

    @Test
    @DisplayName("writes an intent before each command and an outcome after, and ends with its last task")
    void ends() {
        begin(SETTINGS, RunPolicy.none(), 5);
        List<BatchEvent> told = new ArrayList<>();
        run.ledger.feed().listen(new Subscriber(told::add, run.environment));
        execution.begin();
        BatchReport report = ended();
        assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(5);
        assertThat(port.commands).hasSize(5).doesNotHaveDuplicates();
        assertThat(facts(JournalRecord.Kind.INTENT)).hasSize(5);
        assertThat(facts(JournalRecord.Kind.OUTCOME)).hasSize(5);
        assertThat(facts(JournalRecord.Kind.ENDED)).hasSize(1);
        assertThat(told).filteredOn(BatchEvent.AttemptStarted.class::isInstance).hasSize(5);
        assertThat(told).filteredOn(BatchEvent.TaskEnded.class::isInstance).hasSize(5);
        assertThat(run.ledger.life().state()).isEqualTo(RunState.ENDED);
        assertThat(execution.releases()).isEmpty();
    }

    @Test
    @DisplayName(
            "RUN-10: looks at pages, makes no more calls at once than it may, and commands only what was looked at lately")
    void fresh() {
        begin(calls(3, 10), RunPolicy.none(), 20);
        port.commandTakes = Duration.ofMillis(1500);
        execution.begin();
        assertThat(ended().count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(20);
        assertThat(port.most).isEqualTo(3);
        assertThat(port.pages).allMatch(page -> page.size() <= 10);
        assertThat(port.ages)
                .allMatch(age -> age.compareTo(SETTINGS.calls().freshness()) <= 0)
                .anyMatch(age -> age.compareTo(Duration.ofSeconds(1)) > 0);
    }

    @Test
    @DisplayName("RUN-7: has no more tasks in flight than the budget leaves, the looks until they settle included")
    void budget() {
        begin(SETTINGS, RunPolicy.none().withBudget(FailureBudget.tasks(1)), 8);
        port.effectTakes = Duration.ofSeconds(30);
        port.reply = task -> GatewayReply.accepted();
        execution.begin();
        for (int i = 1; i <= 4; i++) {
            run.environment.advance(Duration.ofSeconds(20));
            assertThat(run.ledger.progress().inFlight()).isLessThanOrEqualTo(2);
        }
        assertThat(port.commands).hasSizeBetween(4, 6);
        assertThat(ended().count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(8);
    }

    @Test
    @DisplayName("RUN-9: begins nothing while it is paused, and goes on when it is resumed")
    void paused() {
        begin(calls(3, 10), RunPolicy.none(), 9);
        port.commandTakes = Duration.ofSeconds(1);
        execution.begin();
        RunControls controls = new RunControls(execution);
        run.environment.advance(Duration.ofMillis(500));
        assertThat(port.commands).hasSize(3);
        assertThat(controls.act(new RunControl(RunAction.PAUSE, 0, OneRun.ANN, "wait"), null))
                .isInstanceOf(ControlAnswer.Accepted.class);
        assertThat(run.ledger.life().state()).isEqualTo(RunState.PAUSED);
        run.environment.advance(Duration.ofHours(1));
        assertThat(port.commands).hasSize(3);
        assertThat(run.ledger.progress().ended()).isEqualTo(3);
        long version = run.ledger.runVersion();
        assertThat(version).isPositive();
        assertThat(refused(controls, new RunControl(RunAction.RESUME, version - 1, OneRun.ANN, "go on")))
                .isEqualTo(Refusal.RUN_CHANGED);
        assertThat(controls.act(new RunControl(RunAction.RESUME, version, OneRun.ANN, "go on"), null))
                .isInstanceOf(ControlAnswer.Accepted.class);
        assertThat(ended().count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(9);
    }

    private static Refusal refused(RunControls controls, RunControl control) {
        ControlAnswer answer = controls.act(control, null);
        assertThat(answer).isInstanceOf(ControlAnswer.Refused.class);
        return ((ControlAnswer.Refused) answer).why();
    }

    @Test
    @DisplayName("RUN-9: is canceled once, and never for what only a parked run can be treated with")
    void canceled() {
        begin(calls(3, 10), RunPolicy.none(), 9);
        port.commandTakes = Duration.ofSeconds(1);
        execution.begin();
        run.environment.advance(Duration.ofMillis(500));
        RunControls controls = new RunControls(execution);
        assertThat(refused(controls, new RunControl(RunAction.RESUME, 0, OneRun.ANN, "x")))
                .isEqualTo(Refusal.WRONG_STATE);
        assertThat(refused(controls, new RunControl(RunAction.RELEASE_CLAIMS, 0, OneRun.ANN, "x")))
                .isEqualTo(Refusal.WRONG_STATE);
        assertThat(refused(controls, new RunControl(RunAction.CANCEL_UNDOING, 0, OneRun.ANN, "x")))
                .isEqualTo(Refusal.NOT_OFFERED);
        assertThat(controls.act(new RunControl(RunAction.CANCEL, 0, OneRun.ANN, "stop"), null))
                .isInstanceOf(ControlAnswer.Accepted.class);
        long version = run.ledger.runVersion();
        assertThat(refused(controls, new RunControl(RunAction.CANCEL, version, OneRun.ANN, "x")))
                .isEqualTo(Refusal.WRONG_STATE);
        assertThat(refused(controls, new RunControl(RunAction.CANCEL_UNDOING, version, OneRun.ANN, "x")))
                .isEqualTo(Refusal.WRONG_STATE);
        BatchReport report = ended();
        assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(3);
        assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(6);
        assertThat(refused(controls, new RunControl(RunAction.PAUSE, run.ledger.runVersion(), OneRun.ANN, "x")))
                .isEqualTo(Refusal.NOT_RUNNING);
    }

    @Test
    @DisplayName(
            "RUN-8: is parked after a defect, says so, and gives up its claims but for what may have been commanded")
    void defect() {
        begin(SETTINGS, RunPolicy.none(), 3);
        port.readiness = entry -> {
            throw new IllegalStateException("a defect");
        };
        execution.begin();
        run.environment.advance(Duration.ofMinutes(1));
        assertThat(run.ledger.life().state()).isEqualTo(RunState.PARKED);
        assertThat(facts(JournalRecord.Kind.PARKED))
                .singleElement()
                .satisfies(fact -> assertThat(fact.code()).isEqualTo("ENGINE_DEFECT"));
        assertThat(port.commands).isEmpty();
        run.entry(0).ambiguous = true;
        assertThat(execution.releases())
                .extracting(JournalRecord::code)
                .containsExactly("UNSETTLED", "SETTLED", "SETTLED");
        assertThat(run.ledger.runVersion()).as("the run changed").isEqualTo(1);
    }

    @Test
    @DisplayName("lets what is in flight settle before its engine closes, and begins nothing more")
    void closes() {
        begin(calls(3, 10), RunPolicy.none(), 9);
        port.commandTakes = Duration.ofSeconds(1);
        port.effectTakes = Duration.ofSeconds(5);
        execution.begin();
        run.environment.advance(Duration.ofMillis(500));
        assertThat(run.ledger.life().quiet()).isFalse();
        CompletableFuture<Void> quiet = execution.close();
        assertThat(quiet).isNotDone();
        run.environment.advance(Duration.ofMinutes(1));
        assertThat(quiet).isDone();
        assertThat(port.commands).hasSize(3);
        assertThat(run.ledger.progress().ended()).isEqualTo(3);
        assertThat(run.ledger.life().quiet()).isTrue();
        assertThat(execution.close()).isDone();
    }

    @Test
    @DisplayName("RUN-10: ends what waits once every call slot is lost, and nothing that is in flight")
    void unresponsive() {
        begin(calls(3, 10), RunPolicy.none(), 9);
        port.commandTakes = Duration.ofSeconds(5);
        execution.begin();
        run.environment.advance(Duration.ofMillis(500));
        execution.unresponsive();
        BatchReport report = ended();
        assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(3);
        assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(6);
        assertThat(report.render()).contains("GATEWAY_UNRESPONSIVE", "all 3 call slots are held");
    }

    @Test
    @DisplayName("takes its own facts in as if it had read them, and shows where its tasks stand")
    void writes() {
        begin(SETTINGS, RunPolicy.none(), 2);
        execution.write(List.of(Records.ordered(OneRun.NOW, RunAction.PAUSE, OneRun.ANN, "wait")));
        assertThat(run.ledger.orders().paused()).isTrue();
        assertThat(execution.view().state()).isEqualTo(RunState.PAUSED);
        assertThat(execution.view().version()).isEqualTo(1);
        assertThat(execution.view().progress(Duration.ofSeconds(2)).waiting()).isEqualTo(2);
        execution.show();
        assertThat(run.entry(0).phase()).isEqualTo(Phase.QUEUED);
        assertThat(run.entry(0).busy()).isFalse();
        assertThat(port.pages).isEmpty();
    }

    @Test
    @DisplayName("PLAN-2: ends those tasks at once that its plan left out")
    void leftOut() {
        begin(SETTINGS, RunPolicy.none(), 2);
        execution = new RunExecution(run.ledger, port, Map.of(run.entry(0), new TaskOutcome.Denied()));
        assertThat(execution.releases()).hasSize(1);
        execution.begin();
        BatchReport report = ended();
        assertThat(report.count(TaskOutcome.Kind.DENIED)).isEqualTo(1);
        assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
        assertThat(port.commands).containsExactly(run.entry(1).ref());
    }

    @Test
    @DisplayName("DUR-1: does not end those a second time that the owner before it ended so, and keeps the reasons")
    void leftOutBefore() {
        begin(SETTINGS, RunPolicy.none(), 2);
        TaskOutcome ineligible = new TaskOutcome.Ineligible(List.of(new Reason("WRONG_STATUS", "is STOPPED")));
        execution = new RunExecution(run.ledger, port, Map.of(run.entry(0), ineligible));
        execution.write(List.of(Records.outcome(OneRun.NOW, run.entry(0).subject(), ineligible)));
        execution.begin();
        BatchReport report = ended();
        assertThat(report.results().get(0).outcome()).isEqualTo(ineligible);
        assertThat(facts(JournalRecord.Kind.OUTCOME)).hasSize(2);
    }

    @Test
    @DisplayName(
            "RUN-1: ends a task once, though it is told again of a platform that does not respond before that is written")
    void unresponsiveTwice() {
        begin(SETTINGS, RunPolicy.none(), 2);
        execution.show();
        AtomicBoolean again = new AtomicBoolean(true);
        run.way.script((method, facts) -> {
            if (!facts.isEmpty() && again.getAndSet(false)) {
                execution.unresponsive();
            }
            return OutageJournal.Fate.WORKS;
        });
        execution.unresponsive();
        assertThat(again).isFalse();
        assertThat(facts(JournalRecord.Kind.OUTCOME)).hasSize(2);
        assertThat(run.ledger.results()).hasSize(2);
    }

    @Test
    @DisplayName("ends without a command where each task is as it is wanted")
    void alreadyDone() {
        begin(SETTINGS, RunPolicy.none(), 250);
        port.readiness = entry -> Readiness.end(new TaskOutcome.AlreadyDone());
        execution.begin();
        assertThat(ended().count(TaskOutcome.Kind.ALREADY_DONE)).isEqualTo(250);
        assertThat(port.commands).isEmpty();
        assertThat(port.pages).allMatch(page -> page.size() <= 100).hasSizeLessThan(40);
    }
}
