package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.DryRun;
import io.omsbatch.api.engine.HealthGate;
import io.omsbatch.api.engine.Progress;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunFamily;
import io.omsbatch.api.engine.TaskStory;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunCommand;
import io.omsbatch.api.journal.RunCursor;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.journal.TakenRun;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.Lockstep;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Wave;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.CutEvidence;
import io.omsbatch.api.switchover.ObjectItem;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Position;
import io.omsbatch.api.task.Revision;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Which values of which types there are. */
final class Offers {

    private static final String API = "io.omsbatch.api.";

    private final Map<Class<?>, Supplier<Arbitrary<?>>> offers = new HashMap<>();
    private final Map<Class<?>, Arbitrary<?>> made = new ConcurrentHashMap<>();

    Offers() {
        tasks();
        operations();
        plans();
        outcomes();
        switchovers();
        gateways();
        journals();
        runs();
        dryRuns();
        events();
        faults();
    }

    /** Returns values of a type, or null if there is no offer for exactly that type. */
    @Nullable
    Arbitrary<?> of(Class<?> type) {
        Supplier<Arbitrary<?>> offer = offers.get(type);
        if (offer != null) {
            return made.computeIfAbsent(type, unused -> offer.get());
        }
        Object[] constants = type.getName().startsWith(API) ? type.getEnumConstants() : null;
        return constants == null ? null : Arbitraries.of(constants);
    }

    private <T> void offer(Class<T> type, Supplier<Arbitrary<? extends T>> values) {
        offers.put(type, values::get);
    }

    private void tasks() {
        offer(TaskRef.class, TaskArbitraries::refs);
        offer(MigrationType.class, TaskArbitraries::types);
        offer(MigrationTask.class, TaskArbitraries::tasks);
        offer(Revision.class, TaskArbitraries::revisions);
        offer(StageProgress.class, TaskArbitraries::stages);
        offer(SwitchoverProgress.class, TaskArbitraries::progress);
        offer(Position.class, TaskArbitraries::positions);
        offer(Lag.class, TaskArbitraries::lags);
        offer(Lag.Known.class, TaskArbitraries::knownLags);
        offer(Lag.Unknown.class, () -> TextArbitraries.names().map(Lag.Unknown::new));
        offer(Lag.Skewed.class, () -> TextArbitraries.names().map(Lag.Skewed::new));
    }

    private void operations() {
        offer(Actor.class, OperationArbitraries::actors);
        offer(BatchOperation.class, OperationArbitraries::operations);
        BatchOperation.all()
                .forEach(operation ->
                        offers.put(operation.getClass(), () -> OperationArbitraries.operations(operation.kind())));
        offer(BatchRequest.class, OperationArbitraries::policedRequests);
        offer(Confirmation.class, OperationArbitraries::confirmations);
        offer(Approval.class, OperationArbitraries::approvals);
        offer(FailureBudget.class, PolicyArbitraries::failureBudgets);
        offer(Wave.class, PolicyArbitraries::waves);
        offer(Wave.First.class, PolicyArbitraries::firstWaves);
        offer(Wave.UpTo.class, PolicyArbitraries::shareWaves);
        offer(Wave.Tagged.class, () -> TextArbitraries.ids().map(Wave.Tagged::new));
        offer(Wave.Named.class, () -> TextArbitraries.ids().map(Wave.Named::new));
        offer(Waves.class, PolicyArbitraries::wavesOfRuns);
        offer(FreezeBudget.class, PolicyArbitraries::freezeBudgets);
        offer(Lockstep.class, PolicyArbitraries::locksteps);
        offer(RunPolicy.class, PolicyArbitraries::policies);
    }

    private void plans() {
        offer(Reason.class, PlanArbitraries::reasons);
        offer(Verdict.class, PlanArbitraries::verdicts);
        offer(Verdict.Eligible.class, () -> Arbitraries.just((Verdict.Eligible) Verdict.yes()));
        offer(Verdict.Ineligible.class, () -> PlanArbitraries.refusals().map(Verdict.Ineligible.class::cast));
        offer(Lane.class, PlanArbitraries::lanes);
        offer(PlanEntry.class, PlanArbitraries::entries);
        offer(PlanEntry.Eligible.class, () -> TaskArbitraries.tasks().map(PlanEntry.Eligible::new));
        offer(PlanEntry.Ineligible.class, () -> TaskArbitraries.refs().flatMap(PlanArbitraries::ineligible));
        offer(PlanEntry.Denied.class, () -> TaskArbitraries.refs().map(PlanEntry.Denied::new));
        offer(PlanEntry.NotFound.class, () -> TaskArbitraries.refs().map(PlanEntry.NotFound::new));
        offer(BatchPlan.class, PlanArbitraries::plans);
    }

    private void outcomes() {
        offer(Problem.class, OutcomeArbitraries::problems);
        offer(TaskOutcome.class, OutcomeArbitraries::outcomes);
        offer(TaskOutcome.Succeeded.class, () -> Arbitraries.just(new TaskOutcome.Succeeded()));
        offer(TaskOutcome.AlreadyDone.class, () -> Arbitraries.just(new TaskOutcome.AlreadyDone()));
        offer(TaskOutcome.Denied.class, () -> Arbitraries.just(new TaskOutcome.Denied()));
        offer(TaskOutcome.NotFound.class, () -> Arbitraries.just(new TaskOutcome.NotFound()));
        offer(TaskOutcome.Undone.class, () -> Arbitraries.just(new TaskOutcome.Undone()));
        offer(
                TaskOutcome.Ineligible.class,
                () -> PlanArbitraries.reasons().list().ofMinSize(1).ofMaxSize(3).map(TaskOutcome.Ineligible::new));
        offer(TaskOutcome.Stale.class, () -> OutcomeArbitraries.problems().map(TaskOutcome.Stale::new));
        offer(TaskOutcome.Failed.class, () -> OutcomeArbitraries.problems().map(TaskOutcome.Failed::new));
        offer(TaskOutcome.Unknown.class, () -> OutcomeArbitraries.problems().map(TaskOutcome.Unknown::new));
        offer(
                TaskOutcome.NotAttempted.class,
                () -> OutcomeArbitraries.problems().map(TaskOutcome.NotAttempted::new));
        offer(TaskOutcome.LeftAt.class, OutcomeArbitraries::leftAt);
        offer(TaskOutcome.UndoIncomplete.class, OutcomeArbitraries::incomplete);
        offer(TaskResult.class, OutcomeArbitraries::results);
        offer(Waiver.class, OutcomeArbitraries::waivers);
        offer(BatchReport.class, OutcomeArbitraries::reports);
    }

    private void switchovers() {
        offer(SyncLinks.class, SwitchoverArbitraries::links);
        offer(StopPoint.class, SwitchoverArbitraries::stopPoints);
        offer(SyncSample.class, SwitchoverArbitraries::samples);
        offer(PrecheckItem.class, SwitchoverArbitraries::precheckItems);
        offer(ObjectItem.class, SwitchoverArbitraries::objectItems);
        offer(CutEvidence.class, SwitchoverArbitraries::evidence);
        offer(SwitchoverSnapshot.class, SwitchoverArbitraries::snapshots);
        offer(StepStanding.class, SwitchoverArbitraries::standings);
        offer(BoardTask.class, SwitchoverArbitraries::boardTasks);
        offer(BoardTask.Course.class, SwitchoverArbitraries::courses);
        offer(BoardTask.Freeze.class, SwitchoverArbitraries::freezes);
        offer(SwitchoverBoard.LaneBoard.class, SwitchoverArbitraries::laneBoards);
        offer(SwitchoverBoard.class, SwitchoverArbitraries::boards);
    }

    private void gateways() {
        offer(FencingToken.class, GatewayArbitraries::tokens);
        offer(CommandContext.class, GatewayArbitraries::contexts);
        offer(TaskCommand.class, GatewayArbitraries::taskCommands);
        offer(StepCommand.class, GatewayArbitraries::stepCommands);
        offer(GatewayReply.class, GatewayArbitraries::replies);
        offer(GatewayReply.Done.class, () -> Arbitraries.just(new GatewayReply.Done()));
        offer(GatewayReply.Accepted.class, () -> Arbitraries.just(new GatewayReply.Accepted()));
        offer(GatewayReply.Refused.class, () -> OutcomeArbitraries.problems().map(GatewayReply.Refused::new));
        offer(GatewayCapabilities.class, GatewayArbitraries::capabilities);
        offer(TaskPage.class, GatewayArbitraries::pages);
    }

    private void journals() {
        offer(Lease.class, JournalArbitraries::leases);
        offer(Subject.class, JournalArbitraries::subjects);
        offer(JournalRecord.class, JournalArbitraries::records);
        offer(JournalEntry.class, JournalArbitraries::entries);
        offer(Appended.class, JournalArbitraries::appended);
        offer(AuditCheck.class, JournalArbitraries::audits);
        offer(ClaimHolder.class, JournalArbitraries::holders);
        offer(RunCommand.class, JournalArbitraries::commands);
        offer(RunRecord.class, JournalArbitraries::runs);
        offer(RunOpening.class, JournalArbitraries::openings);
        offer(RunOpening.Opened.class, () -> GatewayArbitraries.tokens().map(RunOpening.Opened::new));
        offer(RunOpening.AlreadyThere.class, () -> JournalArbitraries.runs().map(RunOpening.AlreadyThere::new));
        offer(TakenRun.class, JournalArbitraries::takenRuns);
        offer(RunSummary.Standing.class, JournalArbitraries::standings);
        offer(RunSummary.class, JournalArbitraries::summaries);
        offer(RunFilter.class, JournalArbitraries::filters);
        offer(RunCursor.class, JournalArbitraries::cursors);
        offer(RunPage.class, JournalArbitraries::pages);
    }

    private void runs() {
        offer(Control.Target.class, RunArbitraries::targets);
        offer(
                Control.Target.WholeLane.class,
                () -> Arbitraries.of(1, 2, Integer.MAX_VALUE).map(Control.Target.WholeLane::new));
        offer(
                Control.Target.Tasks.class,
                () -> TaskArbitraries.refs().set().ofMinSize(1).ofMaxSize(4).map(Control.Target.Tasks::new));
        offer(Control.class, RunArbitraries::controls);
        offer(RunControl.class, RunArbitraries::runControls);
        offer(ControlAnswer.class, RunArbitraries::answers);
        offer(
                ControlAnswer.Accepted.class,
                () -> TaskArbitraries.refs().set().ofMaxSize(4).map(ControlAnswer.Accepted::new));
        offer(
                ControlAnswer.Refused.class,
                () -> Combinators.combine(Arbitraries.of(ControlAnswer.Refusal.class), TextArbitraries.names())
                        .as(ControlAnswer.Refused::new));
        offer(
                ControlAnswer.ConsentNeeded.class,
                () -> Combinators.combine(TextArbitraries.ids(), TextArbitraries.names())
                        .as(ControlAnswer.ConsentNeeded::new));
        offer(
                ControlAnswer.Pending.class,
                () -> Combinators.combine(TextArbitraries.ids(), TextArbitraries.names())
                        .as(ControlAnswer.Pending::new));
        offer(Progress.class, RunArbitraries::progress);
        offer(HealthGate.Question.class, RunArbitraries::questions);
        offer(HealthGate.Health.class, RunArbitraries::healths);
        offer(TaskStory.class, RunArbitraries::stories);
        offer(TaskStory.Sentence.class, RunArbitraries::sentences);
        offer(RunFamily.class, RunArbitraries::families);
        offer(RunFamily.Truth.class, RunArbitraries::truths);
    }

    private void dryRuns() {
        offer(DryRun.class, DryRunArbitraries::dryRuns);
        offer(DryRun.Check.class, () -> TaskArbitraries.refs().flatMap(DryRunArbitraries::checks));
        offer(DryRun.Step.class, DryRunArbitraries::steps);
        offer(DryRun.Timing.class, DryRunArbitraries::timings);
        offer(DryRun.Estimate.class, DryRunArbitraries::estimates);
    }

    private void events() {
        offer(BatchEvent.class, EventArbitraries::events);
        offer(BatchEvent.Stamp.class, EventArbitraries::stamps);
        offer(BatchEvent.RunStarted.class, EventArbitraries::runsStarted);
        offer(BatchEvent.AttemptStarted.class, EventArbitraries::attemptsStarted);
        offer(BatchEvent.AttemptFailed.class, EventArbitraries::attemptsFailed);
        offer(BatchEvent.StepChanged.class, EventArbitraries::stepsChanged);
        offer(BatchEvent.TaskEnded.class, EventArbitraries::tasksEnded);
        offer(BatchEvent.RunControlled.class, EventArbitraries::runsControlled);
        offer(BatchEvent.RunParked.class, EventArbitraries::runsParked);
        offer(BatchEvent.RunEnded.class, EventArbitraries::runsEnded);
    }

    private void faults() {
        offer(Fault.class, () -> Arbitraries.of(CallKind.class).flatMap(FaultArbitraries::faults));
        offer(
                FaultScript.class,
                () -> TaskArbitraries.refs()
                        .set()
                        .ofMinSize(1)
                        .ofMaxSize(5)
                        .flatMap(tasks -> FaultArbitraries.scripts(tasks, List.of(CallKind.values()))));
    }
}
