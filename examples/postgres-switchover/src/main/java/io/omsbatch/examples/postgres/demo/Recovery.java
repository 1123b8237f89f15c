package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import io.omsbatch.examples.postgres.show.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gets the batch back that was under way when its process was killed, as soon as that process's lease is over. */
final class Recovery {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final BatchEngine engine;
    private final RunJournal journal;
    private final Terminal terminal;

    Recovery(BatchEngine engine, RunJournal journal, Terminal terminal) {
        this.engine = engine;
        this.journal = journal;
        this.terminal = terminal;
    }

    /** The run, which this engine owns from now on; empty if none was under way. */
    Optional<BatchRun> run() {
        Optional<RunRecord> unfinished = journal.unfinished();
        unfinished.ifPresent(this::describe);
        engine.recover();
        return unfinished.map(this::awaited);
    }

    private void describe(RunRecord run) {
        Confirmation confirmation = run.confirmation();
        terminal.say("  under way was the batch "
                + run.plan().request().operation().kind().title() + " of "
                + run.plan().eligible().size() + " databases\n  confirmed by "
                + confirmation.actor().name() + " at " + run.startedAt() + ": " + confirmation.reason()
                + "\n  plan " + confirmation.fingerprint());
    }

    private BatchRun awaited(RunRecord run) {
        terminal.going("Waiting until the lease of the killed process is over", List.of());
        return Waiting.until(
                LIMIT,
                () -> engine.find(run.runId()),
                limit -> Problem.of(
                        "NOT_TAKEN_OVER",
                        "run " + run.runId() + " could not be taken over within " + limit.toSeconds() + " s",
                        "see that no other process works on it, then --resume again"));
    }
}
