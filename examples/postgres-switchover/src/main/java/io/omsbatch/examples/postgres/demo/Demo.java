package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.examples.postgres.gateway.PostgresGateway;
import io.omsbatch.examples.postgres.platform.MigrationPlatform;
import io.omsbatch.examples.postgres.problem.Waiting;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.server.LeftRun;
import io.omsbatch.examples.postgres.server.ServerPair;
import io.omsbatch.examples.postgres.shop.WriteLedger;
import io.omsbatch.examples.postgres.show.Pauses;
import io.omsbatch.examples.postgres.show.ProgressBar;
import io.omsbatch.examples.postgres.show.StepTimes;
import io.omsbatch.examples.postgres.show.Stopwatch;
import io.omsbatch.examples.postgres.show.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run to the proof: from two new servers, or from where a process that was killed has left one. */
public final class Demo {
    private static final Duration WRITTEN_ON_TARGET = Duration.ofSeconds(2);

    private final Assignment assignment;
    private final @Nullable LeftRun left;
    private final @Nullable SwitchoverStep killAt;
    private final Terminal terminal;
    private final Stopwatch watch = new Stopwatch();
    private final Actor actor = new Actor(System.getProperty("user.name", "operator"));

    private boolean noted;

    private Demo(Assignment assignment, @Nullable LeftRun left, @Nullable SwitchoverStep killAt, Terminal terminal) {
        this.assignment = assignment;
        this.left = left;
        this.killAt = killAt;
        this.terminal = terminal;
        this.noted = left != null;
    }

    /**
     * A new run.
     *
     * @param options what it is to do
     * @param killAt at which step its process kills itself; null for never
     * @param terminal where it shows itself
     */
    public static Demo fresh(DemoOptions options, @Nullable SwitchoverStep killAt, Terminal terminal) {
        return new Demo(Assignment.of(options), null, killAt, terminal);
    }

    /**
     * A run whose process was killed.
     *
     * @param left what that process left
     * @param killAt at which step this process kills itself; null for never
     * @param terminal where it shows itself
     */
    public static Demo resumed(LeftRun left, @Nullable SwitchoverStep killAt, Terminal terminal) {
        return new Demo(Assignment.of(left), left, killAt, terminal);
    }

    /**
     * Runs.
     *
     * @return whether every database was switched over, or taken back if that was wanted, and everything about it was proven
     */
    public boolean run() throws InterruptedException {
        RunJournal.check(assignment);
        ServerPair servers = servers();
        boolean proven;
        try (servers) {
            proven = keptIfItFails(servers);
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

    /** A fault is no reason to throw away what another process could go on with. */
    private boolean keptIfItFails(ServerPair servers) throws InterruptedException {
        try {
            return migrate(servers);
        } catch (RuntimeException e) {
            if (noted && servers.leave()) {
                terminal.say("The servers go on, and the run is left in " + servers.folder() + ": see --resume");
            }
            throw e;
        }
    }

    private ServerPair servers() {
        if (left == null) {
            terminal.title("Two servers: PostgreSQL "
                    + assignment.options().source().major() + " and "
                    + assignment.options().target().major());
            ServerPair servers = ServerPair.start(assignment.servers());
            terminal.say("  " + servers.source() + " and " + servers.target());
            watch.lap("start two servers");
            return servers;
        }
        terminal.title("A run that was killed: " + left.folder());
        ServerPair servers = ServerPair.resume(left);
        terminal.say("  " + servers.source() + " and " + servers.target()
                + (servers.wereDown().isEmpty()
                        ? " are there"
                        : "; started again on its data was what was down: " + String.join(", ", servers.wereDown())));
        watch.lap("find the servers");
        return servers;
    }

    private boolean migrate(ServerPair servers) throws InterruptedException {
        try (MigrationPlatform platform =
                        MigrationPlatform.between(servers.source(), servers.target(), InstantSource.system());
                Fleet fleet = new Fleet(platform, assignment.options().names());
                Saboteur saboteur =
                        new Saboteur(platform.source(), assignment.options().breakage());
                RunJournal journal = RunJournal.open(assignment, platform.target())) {
            if (left == null) {
                create(fleet);
            }
            write(fleet, servers);
            Optional<Set<String>> takenBack = switchOver(platform, fleet, saboteur, journal);
            if (takenBack.isEmpty()) {
                return false;
            }
            if (killAt != null) {
                terminal.say("Not killed: every database was past " + StepName.of(killAt) + " already");
            }
            List<String> over = fleet.names().stream()
                    .filter(name -> !takenBack.get().contains(name))
                    .toList();
            return (isOnItsWayBack(platform, over) || proven(platform, fleet, takenBack.get(), over))
                    && (!assignment.options().course().back() || switchBack(platform, fleet, journal, over));
        }
    }

    /** A process that goes on after another was killed cannot prove any more what was so before the way back began. */
    private static boolean isOnItsWayBack(MigrationPlatform platform, List<String> names) {
        return platform.read(names).stream()
                .map(task -> task.state().switchover())
                .anyMatch(at -> at != null && at.round() > 1);
    }

    private boolean proven(MigrationPlatform platform, Fleet fleet, Set<String> takenBack, List<String> over) {
        terminal.title("Proof");
        List<String> back = fleet.names().stream().filter(takenBack::contains).toList();
        boolean holds = over.isEmpty() || new Proof(platform, Direction.FORWARD, fleet, over, terminal).holds();
        holds &= back.isEmpty() || new ProofOfReturn(platform, fleet, back, terminal).holds();
        watch.lap("proof");
        return holds;
    }

    /** The application writes on the target, and goes back to the source from there. */
    private boolean switchBack(
            MigrationPlatform platform, Fleet fleet, @Nullable RunJournal journal, List<String> names)
            throws InterruptedException {
        terminal.title("The application writes on the target");
        int before = fleet.committed();
        fleet.move(names, platform.target().address());
        Waiting.rest(WRITTEN_ON_TARGET);
        terminal.say("  " + (fleet.committed() - before) + " transactions there");
        StepTimes times = new StepTimes(SwitchoverDirection.BACK);
        Pauses pauses = new Pauses();
        PostgresGateway gateway = new PostgresGateway("postgres", platform);
        try (BatchEngine engine = Engines.build(gateway, journal, times, pauses);
                Saboteur nobody = new Saboteur(platform.target(), null)) {
            Batches batches = new Batches(engine, pauses, terminal, actor);
            Course course = assignment.options().course();
            if (!new WayBack(engine, batches, course, nobody, terminal, watch).travel()) {
                return false;
            }
            terminal.say(times.render());
        }
        terminal.title("Proof of the way back");
        boolean holds = new Proof(platform, Direction.REVERSE, fleet, names, terminal).holds();
        watch.lap("proof of the way back");
        return holds;
    }

    private void create(Fleet fleet) {
        int total = fleet.names().size();
        fleet.create(
                assignment.options().rows(),
                done -> terminal.going("Databases " + ProgressBar.of(done, total), List.of()));
    }

    /** From here on a journal makes it possible to go on after a kill; so the writers' ledgers last as well. */
    private void write(Fleet fleet, ServerPair servers) {
        DemoOptions options = assignment.options();
        Path ledgers = servers.folder().resolve("ledgers");
        boolean lasting = options.journal() != null;
        fleet.startWriting(
                options.rate(), name -> lasting ? WriteLedger.in(ledgers.resolve(name)) : WriteLedger.inMemory());
        if (left != null) {
            terminal.say("  their writers had committed " + fleet.committed() + " transactions, and go on");
            return;
        }
        terminal.say("  " + fleet.names().size() + " databases of " + options.rows() + " purchases, each written "
                + options.rate() + " times a second from now on");
        if (lasting) {
            servers.note(assignment.notes());
            noted = true;
        }
        watch.lap("create the databases");
    }

    /** Returns the databases that were taken back; empty if not all went as it should. */
    private Optional<Set<String>> switchOver(
            MigrationPlatform platform, Fleet fleet, Saboteur saboteur, @Nullable RunJournal journal)
            throws InterruptedException {
        StepTimes times = new StepTimes(SwitchoverDirection.FORWARD);
        Pauses pauses = new Pauses();
        PostgresGateway gateway = new PostgresGateway("postgres", platform);
        Watch progress = new Watch(gateway, terminal, fleet::committed);
        try (BatchEngine engine = Engines.build(killing(gateway), journal, times, pauses)) {
            Batches batches = new Batches(engine, pauses, terminal, actor);
            Optional<BatchRun> back = Optional.empty();
            if (left != null && journal != null) {
                back = new Recovery(engine, journal.store(), terminal, actor).run();
                watch.lap("wait for the killed process's lease");
            }
            Journey journey =
                    new Journey(engine, batches, assignment.options().course(), platform, saboteur, terminal, watch);
            boolean arrived = journey.travel(back, progress);
            terminal.say(times.render());
            return arrived ? Optional.of(journey.takenBack()) : Optional.empty();
        }
    }

    private SwitchoverGateway killing(PostgresGateway gateway) {
        SwitchoverStep step = killAt;
        if (step == null) {
            return gateway;
        }
        int coming = (int) gateway.list(null, assignment.options().tasks()).tasks().stream()
                .filter(task -> task.switchover() == null || !task.switchover().isOver(step))
                .count();
        return new KillPoint(gateway, step, Math.max(1, coming), () -> {
            terminal.say("KILLED by --kill-at " + StepName.of(step) + ": " + (coming + 1) / 2 + " of " + coming
                    + " databases were told to do step " + step.number() + "; go on with --resume");
            Kill.thisProcess();
        });
    }
}
