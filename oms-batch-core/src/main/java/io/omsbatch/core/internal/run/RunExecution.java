package io.omsbatch.core.internal.run;

import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.call.SafeThrowable;
import io.omsbatch.core.internal.call.Work;
import io.omsbatch.core.internal.call.WorkSource;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.limit.ResourceKey;
import io.omsbatch.core.internal.pace.PollPace;
import io.omsbatch.core.internal.step.StepPort;
import io.omsbatch.core.settings.EngineSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a run, one mechanism for all operations: claim, look and judge, intent, call, look until settled, result. It hands
 * pieces of work to the dispatcher and holds no thread while it waits.
 */
public final class RunExecution extends WorkSource implements RunQueues.Keeper {

    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);

    private final RunLedger ledger;
    private final Moves moves;
    private final Cancellation cancellation;
    private final SelfControl self;
    private final BarrierWatch barrier;
    private final Stragglers stragglers;
    private final FreezeWatch freeze;
    private final Interventions interventions;
    private final TurnWriter turnWriter;
    private final Looking looking;
    private final Commanding commanding;
    private final RunAlarm alarm;
    private final EngineSettings settings;
    private final Environment environment;
    private final Map<TaskEntry, TaskOutcome> leftOut;
    private final RunReplay replay;

    /**
     * Creates the execution of a run.
     *
     * @param ledger what is true of the run
     * @param port what is particular to its operation
     * @param leftOut the outcomes of the tasks that the plan left out
     */
    public RunExecution(RunLedger ledger, StepPort port, Map<TaskEntry, TaskOutcome> leftOut) {
        this.ledger = ledger;
        this.leftOut = leftOut;
        Map<TaskRef, List<Reason>> reasons = new HashMap<>();
        leftOut.forEach((entry, outcome) -> {
            if (outcome instanceof TaskOutcome.Ineligible ineligible) {
                reasons.put(entry.ref(), ineligible.reasons());
            }
        });
        this.replay = new RunReplay(ledger.entries(), reasons);
        this.barrier = new BarrierWatch(ledger);
        this.moves = new Moves(ledger, barrier);
        this.stragglers = new Stragglers(ledger, moves);
        this.cancellation = new Cancellation(ledger, moves);
        this.settings = ledger.parts().settings();
        this.environment = ledger.parts().environment();
        PollPace pace = new PollPace(settings.settle());
        this.freeze = new FreezeWatch(ledger, stragglers, this::commit);
        this.interventions = new Interventions(this, moves, freeze);
        Decisions decisions = new Decisions(ledger, port, moves, cancellation, freeze, pace);
        this.turnWriter = new TurnWriter(ledger.lock(), turns -> guarded(() -> commit(turns)), this::goOn);
        this.looking = new Looking(this, port, moves, decisions);
        this.commanding = new Commanding(this, port, moves, decisions);
        this.self = new SelfControl(ledger, moves, this::commitOwn, this::goOn);
        this.alarm = new RunAlarm(
                ledger, pace, self, () -> Math.min(freeze.nextDue(), barrier.nextDue()), this::giveUp, this::goOn);
    }

    /** Returns what is true of the run. */
    public RunLedger ledger() {
        return ledger;
    }

    /** Returns who makes the changes by which slots tell what is true. */
    TurnWriter turnWriter() {
        return turnWriter;
    }

    /** Returns what operators can change of its tasks. */
    public Interventions interventions() {
        return interventions;
    }

    /**
     * Takes in what was written of the run, before it goes on from there.
     *
     * @param facts what was written, in order, after what was taken in before
     * @throws IllegalArgumentException if a fact cannot be understood
     */
    public void replay(List<JournalEntry> facts) {
        ledger.lock().lock();
        try {
            for (JournalEntry fact : facts) {
                replay.apply(fact);
                ledger.readUpTo(fact.sequence());
            }
            ledger.order(replay.orders());
        } finally {
            ledger.lock().unlock();
        }
    }

    /** Returns how the run stands by what was taken in. */
    public RunView view() {
        return new RunView(ledger.entries(), replay);
    }

    /**
     * Writes facts before the run goes on, and takes them in.
     *
     * @param records the facts, at least one
     * @throws JournalException if the journal does not take them
     */
    public void write(List<JournalRecord> records) {
        long sequence = ledger.note(records).last() - records.size();
        List<JournalEntry> written = new ArrayList<>(records.size());
        for (JournalRecord record : records) {
            written.add(new JournalEntry(++sequence, ledger.token(), record));
        }
        replay(written);
    }

    /** Returns the facts by which the claims of all tasks without an outcome are given up. */
    public List<JournalRecord> releases() {
        List<JournalRecord> releases = new ArrayList<>();
        for (TaskEntry entry : ledger.entries()) {
            if (entry.result == null && !leftOut.containsKey(entry)) {
                boolean settled = replay.next(entry) != RunReplay.Next.SETTLE && !entry.ambiguous();
                releases.add(Records.released(ledger.now(), entry.subject(), settled));
            }
        }
        return releases;
    }

    /** Begins the run, or goes on with it from where it was read to stand. Tasks that the plan left out have their outcomes. */
    public void begin() {
        guarded(() -> {
            ledger.queues().keep(this);
            ledger.tenure().tell(this::goOn, ledger.life()::lose);
            ledger.backlog().tell(this::guarded, this::goOn);
            place();
            List<Turn> turns = new ArrayList<>();
            leftOut.forEach((entry, outcome) -> {
                if (entry.phase() != Phase.ENDED) {
                    turns.add(moves.end(entry, outcome));
                }
            });
            if (commit(turns) && commit(RunLedger.Order.NONE, List.of(), ledger.entries(), true) != Recorded.NO) {
                goOn();
            }
        });
    }

    /** Only shows where the tasks were read to stand; nothing is begun or written. */
    public void show() {
        place();
        moves.takePassing().stream()
                .filter(turn -> turn.records().isEmpty())
                .forEach(turn -> turn.change().run());
        ledger.entries().forEach(entry -> entry.busy = false);
    }

    private void place() {
        ledger.lock().lock();
        try {
            for (TaskEntry entry : ledger.entries()) {
                RunReplay.Next next = replay.next(entry);
                if (next == RunReplay.Next.ENDED || !leftOut.containsKey(entry)) {
                    moves.goOn(entry, next);
                    freeze.watch(entry);
                }
            }
        } finally {
            ledger.lock().unlock();
        }
    }

    /**
     * Makes changes that tell what is true, and those that follow from them: lets through the barrier whom they opened it for, and
     * ends what an operator canceled. What the journal does not take now is made once it was written.
     *
     * @param turns the changes
     * @return whether the run goes on
     */
    boolean commit(List<Turn> turns) {
        for (List<Turn> part : Turn.parts(turns)) {
            if (commit(RunLedger.Order.NONE, part, entries(part), true) == Recorded.NO) {
                return false;
            }
        }
        return true;
    }

    private Recorded commit(RunLedger.Order order, List<Turn> turns, List<TaskEntry> mayEnd, boolean results) {
        return ledger.commit(order, turns, results, () -> {
            List<TaskEntry> canceled = cancellation.take(mayEnd);
            Runnable due = self.takeDue();
            return () -> {
                follow(canceled);
                if (due != null) {
                    due.run();
                }
            };
        });
    }

    private void commitOwn(RunLedger.Order order) {
        Recorded unused = commit(order, List.of(), ledger.entries(), true);
    }

    private void follow(List<TaskEntry> canceled) {
        List<Turn> following = new ArrayList<>(moves.takePassing());
        canceled.forEach(entry -> following.add(cancellation.end(entry)));
        commit(following);
    }

    private static List<TaskEntry> entries(List<Turn> turns) {
        List<TaskEntry> entries = new ArrayList<>(turns.size());
        turns.forEach(turn -> entries.add(turn.entry()));
        return entries;
    }

    /**
     * Makes a change of the run as a whole: writes first, then changes, then ends the tasks that can end by it.
     *
     * @param order the change
     * @return whether it was made
     */
    Recorded order(RunLedger.Order order) {
        return operate(order, List.of(), ledger.entries());
    }

    /**
     * Writes what an operator is told, where nothing else is done.
     *
     * @param said what is written
     * @return whether it was
     */
    public Recorded say(List<JournalRecord> said) {
        return operate(said, List.of());
    }

    /**
     * Makes changes of tasks that an operator decided: writes first, then changes.
     *
     * @param said what is written of the run besides
     * @param turns the changes
     * @return whether they were made
     */
    Recorded operate(List<JournalRecord> said, List<Turn> turns) {
        RunLedger.Order order = said.isEmpty() ? RunLedger.Order.NONE : new RunLedger.Order(said, first -> {});
        return operate(order, turns, entries(turns));
    }

    private Recorded operate(RunLedger.Order order, List<Turn> turns, List<TaskEntry> mayEnd) {
        try {
            return commit(order, turns, mayEnd, false);
        } catch (RuntimeException | Error defect) {
            park(defect);
            return Recorded.NO;
        } finally {
            goOn();
        }
    }

    /** Begins nothing new from now on; returns what completes when nothing is in flight any more. */
    public CompletableFuture<Void> close() {
        return ledger.life().beginClosing();
    }

    /** Says that there may be something to do now. */
    void goOn() {
        if (!ledger.life().atWork()) {
            return; // whoever waited for the end may have closed the engine already
        }
        guarded(() -> {
            orderOwn();
            ledger.parts().dispatcher().signal(this);
            alarm.set();
        });
    }

    /** A wave may begin because time has passed, or an operator let the run go on. */
    private void orderOwn() {
        Runnable due;
        Runnable thawed;
        List<Turn> ejected = List.of();
        ledger.lock().lock();
        try {
            boolean running = ledger.life().running();
            thawed = running ? freeze.takeDue() : null;
            due = running ? self.takeDue() : null;
            if (running) {
                ejected =
                        stragglers.ejected(barrier.takeDue(), "the others of its lane have waited for it long enough");
            }
        } finally {
            ledger.lock().unlock();
        }
        if (thawed != null) {
            thawed.run();
        }
        if (!ejected.isEmpty()) {
            commit(ejected);
        }
        if (due != null) {
            due.run();
        }
    }

    @Override
    public @Nullable Work next() {
        try {
            return nextPiece();
        } catch (RuntimeException | Error defect) {
            park(defect);
            return null;
        }
    }

    private @Nullable Work nextPiece() {
        ledger.lock().lock();
        try {
            if (!ledger.life().running()) {
                return null;
            }
            Work work = commanding.runsLow() ? nextIntents() : null;
            work = work == null && lookFirst() ? nextLook() : work;
            work = work == null ? commanding.next() : work;
            work = work == null ? nextLook() : work;
            return work == null ? nextCommand() : work;
        } finally {
            ledger.lock().unlock();
        }
    }

    /** Returns commands that were looked at and can be intended now; the lock must be held. */
    private @Nullable Work nextIntents() {
        if (!ledger.mayTakeBack()) {
            return null;
        }
        Work back = nextIntents(RunQueues.Way.BACK, Permits.UNBOUND);
        return back == null ? nextIntents(RunQueues.Way.FORWARD, permitted()) : back;
    }

    private @Nullable Work nextIntents(RunQueues.Way way, int permitted) {
        long now = ledger.nanos();
        List<TaskEntry> ready = ledger.queues()
                .takeReady(
                        way,
                        Math.min(permitted, commanding.mostTogether()),
                        entry -> commanding.fresh(entry, now) && freeze.stops(entry) == null);
        if (ready.isEmpty()) {
            return null;
        }
        commanding.beginIntending();
        return slot -> guarded(() -> commanding.command(slot, ready));
    }

    /** Returns how many more tasks may be in flight; the lock must be held. */
    private int permitted() {
        return ledger.mayBegin() ? ledger.permits().inFlight() - ledger.inFlight() : 0;
    }

    /** Returns the next look at tasks that are being settled; the lock must be held. */
    private @Nullable Work nextLook() {
        RunQueues.Page page = ledger.queues().takeToLook(settings.calls().pageSize(), this);
        return page == null ? null : slot -> guarded(() -> looking.look(slot, page));
    }

    /**
     * Returns whether a look at tasks that were commanded comes before more commands: the only one does, or one at a full page, so
     * that no outcome waits until all commands are sent; the lock must be held.
     */
    private boolean lookFirst() {
        return looking.nobodyLooks()
                || ledger.queues().awaitLook() >= settings.calls().pageSize();
    }

    /** Returns the next piece of work for what has yet to be commanded; the lock must be held. */
    private @Nullable Work nextCommand() {
        if (!ledger.mayTakeBack()) {
            ledger.queues().standBack(RunQueues.Way.BACK);
            ledger.queues().standBack(RunQueues.Way.FORWARD);
            return null;
        }
        Work back = nextPiece(RunQueues.Way.BACK, Permits.UNBOUND, Permits.UNBOUND);
        if (back != null) {
            return back;
        }
        Work gate = ledger.mayBegin() ? self.takeGate() : null;
        if (gate != null) {
            return slot -> guarded(() -> gate.perform(slot));
        }
        int permitted = permitted();
        if (permitted <= 0) {
            ledger.queues().standBack(RunQueues.Way.FORWARD);
            return null;
        }
        return nextPiece(RunQueues.Way.FORWARD, permitted, mostAhead(permitted));
    }

    /** Returns the next commands, or the next page of tasks to be looked at before theirs; the lock must be held. */
    private @Nullable Work nextPiece(RunQueues.Way way, int permitted, int most) {
        Work intents = nextIntents(way, permitted);
        if (intents != null) {
            return intents;
        }
        RunQueues.Page page = ledger.queues()
                .takeQueued(way, Math.min(most, settings.calls().pageSize()), looking.callsBeforeCommand());
        return page == null ? null : slot -> guarded(() -> looking.prepare(slot, page));
    }

    /** Returns how many more tasks may be looked at before their commands, so that few looks grow old; the lock must be held. */
    private int mostAhead(int permitted) {
        RunQueues queues = ledger.queues();
        int ahead = queues.count(Phase.READY) + queues.count(Phase.PREPARING);
        return ahead < settings.calls().concurrency() + commanding.ahead() ? permitted - ahead : 0;
    }

    /** A defect of the engine must not leave a run hanging: the run is parked, and says so. */
    void guarded(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error defect) {
            park(defect);
        }
    }

    private void park(Throwable defect) {
        LOG.error("Run {} is parked after a defect", ledger.record().runId(), SafeThrowable.of(defect));
        ledger.life().stop(RunState.PARKED, Problem.of(ProblemCode.ENGINE_DEFECT, SafeThrowable.describe(defect)));
    }

    private void giveUp(List<TaskEntry> overdue) {
        elsewhere(() -> commit(overdue.stream()
                .map(entry -> moves.stepUnknown(entry, Moves.notSettled(entry, null)))
                .toList()));
    }

    private void elsewhere(Runnable part) {
        try {
            environment.executor().execute(() -> guarded(part));
        } catch (RuntimeException | Error refused) {
            guarded(part); // better on the timer's thread than never
        }
    }

    @Override
    public void wake() {
        ledger.parts().dispatcher().signal(this);
    }

    @Override
    public void stuck(RunQueues.Way way, ResourceKey key) {
        elsewhere(() -> endUnreachable(
                () -> ledger.queues().bringBack(way, key),
                EnumSet.of(Phase.QUEUED),
                ledger.parts().limits().describe(key) + "; each place is held by a call that does not return"));
    }

    @Override
    public void unresponsive() {
        String why = "all " + settings.calls().concurrency() + " call slots are held by calls that do not return";
        guarded(() -> commanding.giveUp(Problem.of(ProblemCode.GATEWAY_UNRESPONSIVE, why)));
        guarded(() -> endUnreachable(ledger::entries, EnumSet.of(Phase.QUEUED, Phase.READY, Phase.DELAYED), why));
    }

    /** Ends those tasks that are in certain phases, because no call of theirs can begin. */
    private void endUnreachable(Supplier<List<TaskEntry>> tasks, Set<Phase> phases, String why) {
        List<TaskEntry> ends = new ArrayList<>();
        ledger.lock().lock();
        try {
            for (TaskEntry entry : ledger.life().running() ? tasks.get() : List.<TaskEntry>of()) {
                if (!entry.busy && phases.contains(entry.phase())) { // one that is named twice is busy the second time
                    entry.hold();
                    ends.add(entry);
                }
            }
        } finally {
            ledger.lock().unlock();
        }
        Problem problem = Problem.of(ProblemCode.GATEWAY_UNRESPONSIVE, why);
        commit(ends.stream().map(entry -> moves.unreachable(entry, problem)).toList());
    }
}
