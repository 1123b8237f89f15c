package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.SettleSettings;
import io.omsbatch.examples.postgres.gateway.PostgresGateway;
import io.omsbatch.examples.postgres.platform.MigrationPlatform;
import io.omsbatch.examples.postgres.server.ServerPair;
import io.omsbatch.examples.postgres.show.ProgressBar;
import io.omsbatch.examples.postgres.show.StepTimes;
import io.omsbatch.examples.postgres.show.Stopwatch;
import io.omsbatch.examples.postgres.show.Terminal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One run from two new servers to the proof. */
public final class Demo {
    /** The servers are near and quick, so the engine may look often. */
    private static final SettleSettings LOOKS =
            new SettleSettings(Duration.ofMinutes(2), Duration.ofMillis(50), Duration.ofMillis(200));

    private final DemoOptions options;
    private final Terminal terminal;
    private final Actor actor = new Actor(System.getProperty("user.name", "operator"));

    /** A run with these options that shows itself on a terminal. */
    public Demo(DemoOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    /**
     * Runs.
     *
     * @return whether every database was switched over and everything about it was proven
     */
    public boolean run() throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        terminal.title("Two servers: PostgreSQL " + options.source().major() + " and "
                + options.target().major());
        ServerPair servers = ServerPair.start(options.source(), options.target(), options.tasks());
        boolean proven;
        try (servers;
                MigrationPlatform platform =
                        MigrationPlatform.between(servers.source(), servers.target(), InstantSource.system());
                Fleet fleet = new Fleet(platform, options.names());
                Saboteur saboteur = new Saboteur(platform.source(), options.breakage())) {
            terminal.say("  " + servers.source() + " and " + servers.target());
            watch.lap("start two servers");
            proven = migrate(platform, fleet, saboteur, watch);
        }
        watch.lap("stop the servers");
        terminal.say(watch.render());
        terminal.say(
                servers.gone()
                        ? "Nothing is left: no process, no slot, no folder."
                        : "LEFT BEHIND: " + servers.folder());
        terminal.title(proven && servers.gone() ? "PROVEN" : "NOT PROVEN");
        return proven && servers.gone();
    }

    private boolean migrate(MigrationPlatform platform, Fleet fleet, Saboteur saboteur, Stopwatch watch)
            throws InterruptedException {
        int total = fleet.names().size();
        fleet.create(options.rows(), done -> terminal.going("Databases " + ProgressBar.of(done, total), List.of()));
        fleet.startWriting(options.rate());
        terminal.say("  " + total + " databases of " + options.rows() + " purchases, each written " + options.rate()
                + " times a second from now on");
        watch.lap("create the databases");

        StepTimes times = new StepTimes();
        PostgresGateway gateway = new PostgresGateway("postgres", platform);
        List<TaskRef> refs = fleet.names().stream().map(gateway::ref).toList();
        try (BatchEngine engine = OmsBatch.engine(gateway)
                .settings(EngineSettings.defaults().withSettle(LOOKS))
                .listener(times)
                .build()) {
            Batches batches = new Batches(engine, terminal, actor);
            terminal.title("Batch start");
            announce(saboteur.breakBy(Breakage.Kind.TABLE_WITHOUT_KEY));
            boolean started = start(batches, refs, platform, saboteur);
            watch.lap("batch start");
            if (!started) {
                return false;
            }
            terminal.title("Full migration, incremental sync, full verification");
            Watch progress = new Watch(gateway, terminal, fleet::committed);
            if (!new Verified(progress, terminal, platform).of(refs)) {
                return false;
            }
            watch.lap("migrate and verify");

            terminal.title("Batch enter forward switchover");
            announce(saboteur.breakBy(Breakage.Kind.OPEN_TRANSACTION));
            if (!succeeded(batches.run(BatchOperation.enterForwardSwitchover(), refs, "all are verified"))) {
                return false;
            }
            watch.lap("batch enter forward switchover");
            terminal.title("Batch forward switchover");
            boolean switched = switchOver(engine, batches, refs, saboteur);
            watch.lap("batch forward switchover");
            terminal.say(times.render());
            if (!switched) {
                return false;
            }
        }
        terminal.title("Proof");
        boolean holds = new Proof(platform, fleet, terminal).holds();
        watch.lap("proof");
        return holds;
    }

    /** Starts all; those that fail are repaired and resumed, the others go on meanwhile. */
    private boolean start(Batches batches, List<TaskRef> refs, MigrationPlatform platform, Saboteur saboteur)
            throws InterruptedException {
        Optional<BatchReport> report = batches.run(BatchOperation.start(), refs, "the migration window is open");
        if (report.isEmpty() || succeeded(report)) {
            return report.isPresent();
        }
        List<TaskRef> failed = report.get().results().stream()
                .filter(result -> !result.outcome().successful())
                .map(TaskResult::ref)
                .toList();
        for (TaskRef ref : failed) {
            platform.problem(ref.id())
                    .ifPresent(problem -> terminal.say(
                            "FAILED " + ref.id() + "\n  " + problem.message() + "\n  remedy: " + problem.remedy()));
            if (!saboteur.knows(ref.id()) || !terminal.agreed("Repair " + ref.id() + " and resume?")) {
                return false;
            }
            terminal.say("  repaired by: " + saboteur.repair(ref.id()));
        }
        return succeeded(batches.run(BatchOperation.resume(), failed, "repaired"));
    }

    private boolean switchOver(BatchEngine engine, Batches batches, List<TaskRef> refs, Saboteur saboteur)
            throws InterruptedException {
        Optional<BatchPlan> plan = batches.agreedPlan(BatchOperation.forwardSwitchover(), refs);
        if (plan.isEmpty()) {
            return false;
        }
        SwitchoverWorkflow workflow = engine.switchover(plan.get().confirm(actor, "the cutover window is open"));
        BatchReport report = new Pilot(workflow, terminal, actor, saboteur).fly();
        terminal.say(workflow.board().render());
        terminal.say(report.render());
        return succeeded(Optional.of(report));
    }

    private void announce(String said) {
        if (!said.isEmpty()) {
            terminal.say(said);
        }
    }

    private static boolean succeeded(Optional<BatchReport> report) {
        return report.filter(done -> done.status() == BatchReport.Status.ALL_SUCCEEDED)
                .isPresent();
    }
}
