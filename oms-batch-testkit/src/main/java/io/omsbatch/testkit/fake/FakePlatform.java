package io.omsbatch.testkit.fake;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.switchover.CutEvidence;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.HistoryText;
import io.omsbatch.testkit.history.RecordedClaim;
import io.omsbatch.testkit.history.RecordedEntry;
import io.omsbatch.testkit.history.RecordedLease;
import io.omsbatch.testkit.history.Recorder;
import io.omsbatch.testkit.history.Recording;
import io.omsbatch.testkit.history.RecordingJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A migration platform in memory. It obeys the life cycle of tasks and the order of the switchover's steps, works
 * asynchronously, goes wrong as its {@link FaultScript} says, records every call, and notes what no engine should do.
 *
 * <p>Time comes from an environment, virtual or real. Positions are times in milliseconds. A command is refused where the
 * status does not allow it, with codes that look like those of OMS. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FakePlatform implements SwitchoverGateway {

    private final Object lock = new Object();
    private final Recorder recorder;
    private final World world;
    private final ProtocolWatch watch = new ProtocolWatch();
    private final LifeCycle lifeCycle;
    private final CutoverSteps steps;
    private final Looks looks;
    private final Commands commands;
    private final CallRunner runner;

    /**
     * Creates a platform without tasks.
     *
     * @param environment tells and passes the time
     * @param settings how it behaves when nothing goes wrong
     * @param faults what goes wrong
     */
    public FakePlatform(Environment environment, PlatformSettings settings, FaultScript faults) {
        this.recorder = new Recorder(environment.clock());
        this.world = new World(settings, environment.clock(), recorder);
        this.lifeCycle = new LifeCycle(world);
        this.steps = new CutoverSteps(world, watch);
        this.runner = new CallRunner(environment, world, lifeCycle, faults, recorder, lock);
        this.looks = new Looks(world, runner, recorder.beginning(), lock);
        this.commands = new Commands(world, watch, runner, lock);
    }

    @Override
    public GatewayCapabilities capabilities() {
        return world.settings().capabilities();
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
        return looks.read(tasks);
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        return looks.list(from, size);
    }

    @Override
    public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
        return looks.observe(tasks);
    }

    @Override
    public Map<TaskRef, List<PrecheckItem>> precheck(Set<TaskRef> tasks) {
        if (!world.settings().has(GatewayCapability.PRECHECK_READ_ONLY)) {
            throw new UnsupportedOperationException("PRECHECK_READ_ONLY is not declared");
        }
        return looks.precheck(tasks);
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        String detail = command.operation() instanceof BatchOperation.ModifyAlertLevel wanted
                ? wanted.level().name()
                : "";
        GatewayCall.Order order =
                new GatewayCall.Order(command.operation().kind().name(), detail, command.context());
        return commands.run(CallKind.COMMAND, command.task(), order, lifeCycle.work(command.operation()));
    }

    @Override
    public GatewayReply command(StepCommand command) {
        String detail = command.action() == StepCommand.Action.RUN
                ? ""
                : command.action().name();
        GatewayCall.Order order = new GatewayCall.Order(command.step().name(), detail, command.context());
        return commands.run(CallKind.STEP, command.task(), order, steps.work(command));
    }

    /**
     * Adds a task, or replaces it by another with the same identity. One that runs goes on by itself.
     *
     * @param task how the task is at first; a switchover step that it stands at is taken as reached, without what the steps
     *     before it would have left
     */
    public void add(MigrationTask task) {
        synchronized (lock) {
            Instant now = world.catchUp();
            world.put(task, now);
            FakeTask added = world.tasks().get(task.ref());
            if (added != null) {
                world.changed(added, now, "set up");
                lifeCycle.goOn(added, now);
            }
        }
    }

    /**
     * Gives a task in its switchover what the steps before the one it stands at would have left: the target store, the stop
     * point, the stopped forward sync.
     *
     * @param task the task, which must be in the switchover
     */
    public void leaveTraces(TaskRef task) {
        synchronized (lock) {
            Instant now = world.catchUp();
            FakeTask found = found(task);
            steps.leaveTraces(found, now);
            world.changed(found, now, "given the traces of its steps so far");
        }
    }

    /**
     * Changes a task as somebody other than the engine would.
     *
     * @param task the task, which must exist
     * @param change gets the task as it is
     */
    public void change(TaskRef task, UnaryOperator<MigrationTask.Builder> change) {
        synchronized (lock) {
            Instant now = world.catchUp();
            FakeTask found = found(task);
            MigrationTask wanted = change.apply(found.show(now).toBuilder()).build();
            found.turn++;
            found.status = wanted.status();
            found.stage = wanted.stage();
            found.alertLevel = wanted.alertLevel();
            if (wanted.switchover() == null) {
                found.cutover = null;
            } else {
                int round = wanted.switchover().round();
                Cutover cutover = found.cutover == null || found.cutover.round() != round
                        ? new Cutover(found.type(), round, world.movesOn())
                        : found.cutover;
                cutover.standAt(wanted.switchover());
                found.cutover = cutover;
            }
            world.changed(found, now, "changed by somebody else");
            lifeCycle.goOn(found, now);
        }
    }

    /**
     * Removes a task as somebody other than the engine would.
     *
     * @param task the task
     */
    public void remove(TaskRef task) {
        synchronized (lock) {
            world.remove(task, world.catchUp(), "removed by somebody else");
        }
    }

    /**
     * Sets how far the target of a task is behind its source from now on.
     *
     * @param task the task, which must exist
     * @param lag how far
     */
    public void lag(TaskRef task, Duration lag) {
        synchronized (lock) {
            found(task).sync.lag(lag, world.catchUp());
        }
    }

    /**
     * Sets what the switchover precheck of a task finds from now on.
     *
     * @param task the task, which must be in the switchover
     * @param blocking what blocks it; empty to let it pass
     */
    public void precheckFinds(TaskRef task, List<PrecheckItem> blocking) {
        synchronized (lock) {
            world.catchUp();
            found(task).entered().blocking = List.copyOf(blocking);
        }
    }

    /**
     * Sets what the platform shows of a task that must be known before its source is frozen; nothing otherwise.
     *
     * @param task the task, which must be in the switchover
     * @param evidence what is known from now on
     */
    public void cutEvidence(TaskRef task, CutEvidence evidence) {
        synchronized (lock) {
            Instant now = world.catchUp();
            FakeTask found = found(task);
            found.entered().evidence = evidence;
            world.changed(found, now, "evidence changed");
        }
    }

    /**
     * Stops the forward sync of a task by other means than its switchover step.
     *
     * @param task the task, which must be in the switchover
     */
    public void stopForwardSync(TaskRef task) {
        synchronized (lock) {
            Instant now = world.catchUp();
            FakeTask found = found(task);
            found.entered().stopForward();
            world.changed(found, now, "forward sync stopped by hand");
        }
    }

    /**
     * Sets what is known from now on of writes of the application to the target of a task.
     *
     * @param task the task, which must be in the switchover
     * @param writes whether there were any; NONE at first
     */
    public void targetWrites(TaskRef task, SyncLinks.TargetWrites writes) {
        synchronized (lock) {
            Instant now = world.catchUp();
            FakeTask found = found(task);
            found.entered().targetWrites = Objects.requireNonNull(writes, "writes");
            world.changed(found, now, "writes to the target: " + writes);
        }
    }

    /** Returns all tasks as they really are now, without a call being recorded. */
    public SortedMap<TaskRef, MigrationTask> tasks() {
        synchronized (lock) {
            Instant now = world.catchUp();
            SortedMap<TaskRef, MigrationTask> shown = new TreeMap<>();
            world.tasks().forEach((ref, task) -> shown.put(ref, task.show(now)));
            return shown;
        }
    }

    /**
     * Returns the switchover of a task as it really is now, without a call being recorded.
     *
     * @param task the task
     * @return its switchover, if it is in one
     */
    public Optional<SwitchoverSnapshot> switchover(TaskRef task) {
        synchronized (lock) {
            Instant now = world.catchUp();
            FakeTask found = world.find(task);
            return found == null ? Optional.empty() : Optional.ofNullable(found.observe(now));
        }
    }

    /** Returns what gives this platform's calls their order, to record a journal beside them. */
    public Recorder recorder() {
        return recorder;
    }

    /** Returns every call so far, by when it began. */
    public List<GatewayCall> calls() {
        synchronized (lock) {
            world.catchUp();
            return runner.log().calls();
        }
    }

    /** Returns what no engine should have done, each with the promise it breaks; empty if all is well. */
    public List<String> breaches() {
        synchronized (lock) {
            world.catchUp();
            return List.copyOf(watch.breaches());
        }
    }

    /** Returns how often each kind of fault was played. */
    public Map<FaultKind, Integer> faultsPlayed() {
        return runner.faultsPlayed();
    }

    /** Returns the tasks of all calls that went wrong. */
    public Set<TaskRef> touched() {
        synchronized (lock) {
            return runner.touched();
        }
    }

    /** Returns every call and every change in order, a line each, escaped. */
    public String history() {
        HistoryText text = new HistoryText(recorder.beginning());
        recording(List.of(), List.of(), List.of()).printOn(text);
        return text.render();
    }

    /**
     * Returns every call and every change so far, with what a journal has recorded beside them.
     *
     * @param journal the journal, which must have been made with {@link #recorder()}
     * @return all of it
     */
    public Recording recording(RecordingJournal journal) {
        return recording(journal.entries(), journal.claims(), journal.leases());
    }

    private Recording recording(List<RecordedEntry> facts, List<RecordedClaim> claims, List<RecordedLease> leases) {
        synchronized (lock) {
            world.catchUp();
            return new Recording(runner.log().calls(), facts, claims, leases, world.remarks());
        }
    }

    private FakeTask found(TaskRef task) {
        FakeTask found = world.find(task);
        if (found == null) {
            throw new IllegalArgumentException("the platform has no task " + task);
        }
        return found;
    }
}
