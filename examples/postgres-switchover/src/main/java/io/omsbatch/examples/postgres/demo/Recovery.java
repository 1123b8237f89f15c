package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import io.omsbatch.examples.postgres.show.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gets the batch back that was under way when its process was killed, as soon as that process's lease is over. */
final class Recovery {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final RunFilter UNDER_WAY =
            RunFilter.all().in(RunSummary.State.RUNNING, RunSummary.State.PAUSED, RunSummary.State.PARKED);

    private final BatchEngine engine;
    private final JournalStore journal;
    private final Terminal terminal;
    private final Actor actor;

    Recovery(BatchEngine engine, JournalStore journal, Terminal terminal, Actor actor) {
        this.engine = engine;
        this.journal = journal;
        this.terminal = terminal;
        this.actor = actor;
    }

    /** The run, which this engine owns from now on; empty if none was under way. */
    Optional<BatchRun> run() {
        List<RunSummary> underWay = engine.list(UNDER_WAY, null, 1).runs();
        engine.recover();
        return underWay.stream().findFirst().map(this::owned);
    }

    private BatchRun owned(RunSummary summary) {
        journal.run(summary.runId()).ifPresent(this::describe);
        terminal.going("Waiting until the lease of the killed process is over", List.of());
        return Waiting.until(
                LIMIT,
                () -> {
                    if (summary.standing().state() == RunSummary.State.PARKED) {
                        resume(summary.runId());
                    }
                    return engine.runs().stream()
                            .filter(run -> run.id().equals(summary.runId()))
                            .findFirst();
                },
                limit -> Problem.of(
                        "NOT_TAKEN_OVER",
                        "run " + summary.runId() + " could not be taken over within " + limit.toSeconds() + " s",
                        "see that no other process works on it, then --resume again"));
    }

    /** Nobody takes over by itself what was parked; refused while its lease lasts, and once it goes on. */
    private void resume(String runId) {
        engine.find(runId)
                .ifPresent(run -> run.control(
                        new RunControl(RunAction.RESUME, run.version(), actor, "the fault is repaired, --resume")));
    }

    private void describe(RunRecord run) {
        Confirmation confirmation = run.confirmation();
        terminal.say("  under way was the batch "
                + run.plan().request().operation().kind().title() + " of "
                + run.plan().eligible().size() + " databases\n  confirmed by "
                + confirmation.actor().name() + " at " + run.startedAt() + ": " + confirmation.reason()
                + "\n  plan " + confirmation.fingerprint());
    }
}
