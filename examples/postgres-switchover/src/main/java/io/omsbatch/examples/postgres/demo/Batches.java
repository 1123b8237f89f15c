package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.DryRun;
import io.omsbatch.api.engine.Progress;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.postgres.show.Pauses;
import io.omsbatch.examples.postgres.show.ProgressBar;
import io.omsbatch.examples.postgres.show.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Plans an operation, shows the plan, asks, runs it with a progress bar, shows the report. */
final class Batches {
    private static final Duration LOOK = Duration.ofMillis(150);

    private final BatchEngine engine;
    private final Pauses pauses;
    private final Terminal terminal;
    private final Actor actor;

    Batches(BatchEngine engine, Pauses pauses, Terminal terminal, Actor actor) {
        this.engine = engine;
        this.pauses = pauses;
        this.terminal = terminal;
        this.actor = actor;
    }

    /** Runs it to its end; empty when it was not agreed to. */
    Optional<BatchReport> run(BatchOperation operation, List<TaskRef> tasks, String reason)
            throws InterruptedException {
        Optional<BatchPlan> plan = agreedPlan(operation, tasks, RunPolicy.none());
        return plan.isEmpty()
                ? Optional.empty()
                : Optional.of(follow(engine.run(plan.get().confirm(actor, reason))));
    }

    /** Shows a run until its end. */
    BatchReport follow(BatchRun run) throws InterruptedException {
        OperationKind kind = run.request().operation().kind();
        Optional<BatchReport> report = run.await(LOOK);
        while (report.isEmpty()) {
            show(kind, run.progress());
            report = run.await(LOOK);
        }
        show(kind, run.progress());
        terminal.say(report.get().render());
        return report.get();
    }

    /** Begins a switchover, forward or back; empty when it was not agreed to. */
    Optional<SwitchoverWorkflow> switchover(
            BatchOperation operation, List<TaskRef> tasks, RunPolicy policy, String reason) {
        return agreedPlan(operation, tasks, policy).map(plan -> engine.switchover(plan.confirm(actor, reason)));
    }

    /** Shows what a switchover would do. */
    DryRun rehearse(List<TaskRef> tasks, RunPolicy policy) {
        DryRun run = engine.dryRun(request(BatchOperation.forwardSwitchover(), tasks, policy));
        terminal.say(run.render());
        return run;
    }

    /** Takes a switchover through its steps to its end, or from a step on back to its beginning. */
    BatchReport fly(SwitchoverWorkflow workflow, Saboteur saboteur, Course course) throws InterruptedException {
        BatchReport report = new Pilot(workflow, pauses, terminal, actor, saboteur, course).fly();
        terminal.say(workflow.board().render());
        terminal.say(report.render());
        return report;
    }

    /** Plans it, shows the dialog and asks; empty when the answer is no. */
    private Optional<BatchPlan> agreedPlan(BatchOperation operation, List<TaskRef> tasks, RunPolicy policy) {
        BatchPlan plan = engine.plan(request(operation, tasks, policy));
        terminal.say(plan.render());
        boolean agreed = !plan.eligible().isEmpty() && terminal.agreed("OK?");
        return agreed ? Optional.of(plan) : Optional.empty();
    }

    private BatchRequest request(BatchOperation operation, List<TaskRef> tasks, RunPolicy policy) {
        return BatchRequest.of(UUID.randomUUID().toString(), actor, operation, tasks)
                .with(policy);
    }

    private void show(OperationKind kind, Progress progress) {
        terminal.going(
                "Batch " + kind.title() + " " + ProgressBar.of(progress.ended(), progress.total()) + ", "
                        + progress.inFlight() + " in flight, " + progress.unsuccessful() + " failed",
                List.of());
    }
}
