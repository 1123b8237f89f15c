package io.omsbatch.examples.postgres.platform;

import io.omsbatch.examples.postgres.control.Answer;
import io.omsbatch.examples.postgres.control.Command;
import io.omsbatch.examples.postgres.control.CommandDesk;
import io.omsbatch.examples.postgres.control.ControlDatabase;
import io.omsbatch.examples.postgres.control.Notes;
import io.omsbatch.examples.postgres.control.TaskStore;
import io.omsbatch.examples.postgres.cutover.Door;
import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.ServerAddress;
import io.omsbatch.examples.postgres.drive.Driver;
import io.omsbatch.examples.postgres.drive.Servers;
import io.omsbatch.examples.postgres.drive.SwitchoverPrecheck;
import io.omsbatch.examples.postgres.precheck.Finding;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.replication.Look;
import io.omsbatch.examples.postgres.task.Part;
import io.omsbatch.examples.postgres.task.TaskRecord;
import io.omsbatch.examples.postgres.verify.FullVerification;
import io.omsbatch.examples.postgres.verify.VerificationResult;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A migration platform for PostgreSQL databases: a task moves one database from the source server to the target server
 * by logical replication. Commands are taken at once and carried out later; what it must not forget is in a database of
 * its own on the target server, so that its process may be killed and another go on. Thread-safe.
 */
public final class MigrationPlatform implements AutoCloseable {
    /** The database's name becomes part of the names of slots, which allow no more than this. */
    private static final Pattern DATABASE = Pattern.compile("[a-z][a-z0-9_]{0,49}");

    private final Servers servers;
    private final TaskStore store;
    private final CommandDesk desk;
    private final Notes notes;
    private final Driver driver;

    private MigrationPlatform(String process, Servers servers, ControlDatabase control) {
        this.servers = servers;
        this.store = new TaskStore(control);
        this.desk = new CommandDesk(control);
        this.notes = new Notes(control);
        this.driver = new Driver(process, servers, control);
    }

    /** A platform between two running servers; it goes on with what another process left. */
    public static MigrationPlatform between(ServerAddress source, ServerAddress target, InstantSource clock) {
        String process = "oms-batch platform " + UUID.randomUUID();
        Servers servers = new Servers(new Databases(source, process), new Databases(target, process), clock);
        MigrationPlatform platform = new MigrationPlatform(process, servers, ControlDatabase.on(servers.target()));
        platform.driver.start();
        return platform;
    }

    /**
     * Adds a task that is not started; does nothing if it is there.
     *
     * @param database its database on the source, which is its id too
     * @param parts what it is to do
     */
    public void add(String database, Set<Part> parts) {
        if (!DATABASE.matcher(database).matches()) {
            throw new IllegalArgumentException("database '" + database + "' does not match " + DATABASE);
        }
        store.add(TaskRecord.fresh(database, parts));
    }

    /** Takes or refuses a command. */
    public Answer take(Command command) {
        Answer answer = desk.take(command);
        driver.poke();
        return answer;
    }

    /** Why whoever acts for a run with this token may not act any more; empty if nobody with a higher one was seen. */
    public Optional<Problem> whyFenced(String runId, long token) {
        return desk.whyFenced(runId, token);
    }

    /** Those of these tasks that exist. */
    public List<TaskRecord> read(Collection<String> ids) {
        return store.read(ids);
    }

    /** Why a task failed, if it did. */
    public Optional<Problem> problem(String id) {
        return store.read(List.of(id)).stream()
                .flatMap(task -> Stream.ofNullable(task.problem()))
                .findFirst();
    }

    /** Up to {@code size} tasks whose ids follow {@code after}. */
    public List<TaskRecord> page(String after, int size) {
        return store.page(after, size);
    }

    /** What both servers say of all links now. */
    public Look look() {
        return servers.look();
    }

    /** Those of these tasks that are in their switchover, with what is known of them. */
    public List<TaskNotes> observe(Collection<String> ids) {
        List<TaskRecord> tasks = store.read(ids).stream()
                .filter(task -> task.state().switchover() != null)
                .toList();
        Set<String> present = new HashSet<>();
        tasks.forEach(task -> present.add(task.id()));
        var findings = notes.findings(present);
        var objects = notes.objects(present);
        var verified = notes.verified(present);
        var switched = notes.switched(present);
        return tasks.stream()
                .map(task -> new TaskNotes(
                        task,
                        findings.getOrDefault(task.id(), List.of()),
                        objects.getOrDefault(task.id(), List.of()),
                        verified.get(task.id()),
                        switched.get(task.id())))
                .toList();
    }

    /** What the precheck of the switchover finds for those of these tasks that exist; only looks. */
    public Map<String, List<Finding>> precheck(Collection<String> ids) {
        SwitchoverPrecheck precheck = new SwitchoverPrecheck(servers, store);
        Map<String, List<Finding>> found = new HashMap<>();
        store.read(ids).forEach(task -> found.put(task.id(), precheck.of(task)));
        return found;
    }

    /** Why changes of this database must not begin to flow back now; empty if they may. */
    public Optional<Problem> whyNotReverse(String database) {
        Look look = look();
        return store.read(List.of(database)).stream()
                .filter(task -> !look.quiet(database, task.state().leading()))
                .map(task -> Driver.stillFlowing(database))
                .findFirst();
    }

    /** Compares all rows of a database that nobody writes any more. */
    public VerificationResult verifyStrictly(String database) {
        return new FullVerification(servers.source(), servers.target(), database).strict();
    }

    /** Whether anything is left of a link of a database: slot or publication where it begins, subscription where it ends. */
    public boolean holds(String database, Direction direction) {
        return !servers.link(database, direction).gone();
    }

    /** Lets the application into the side that it enters, once the switchover is over: where the link back begins. */
    public void open(String database, Direction back) {
        new Door(servers.beginOf(back), database).open();
    }

    /** The databases of the server where links of a direction begin. */
    public Databases beginOf(Direction direction) {
        return servers.beginOf(direction);
    }

    /** The source server's databases. */
    public Databases source() {
        return servers.source();
    }

    /** The target server's databases. */
    public Databases target() {
        return servers.target();
    }

    @Override
    public void close() {
        driver.close();
        servers.source().close();
        servers.target().close();
    }
}
