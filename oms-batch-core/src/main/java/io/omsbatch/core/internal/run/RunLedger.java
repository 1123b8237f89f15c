package io.omsbatch.core.internal.run;

import io.omsbatch.api.engine.Progress;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.core.internal.notify.EventFeed;
import io.omsbatch.core.internal.ownership.Leases;
import io.omsbatch.core.internal.ownership.Tenure;
import io.omsbatch.core.internal.step.FreezeTimings;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.internal.step.LaneState;
import io.omsbatch.core.settings.LeaseSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is true of a run now, and the one way to change it: {@link #commit} writes the facts first, then changes the tasks, then
 * tells of it. The lock is never held while the journal, the gateway or a listener is called.
 */
public final class RunLedger {

    private final EngineParts parts;
    private final RunRecord record;
    private final Leases leases;
    private final Tenure tenure;
    private final List<TaskEntry> entries;
    private final List<LaneState> lanes;
    private final RunPlaces places;
    private final RunQueues queues;
    private final EventFeed feed;
    private final Backlog backlog;
    private final RunLife life;

    private final ReentrantLock lock = new ReentrantLock();
    private final Outbox outbox;
    private final Chronicle chronicle = new Chronicle();
    private volatile RunOrders orders = RunOrders.NONE;

    /** Whether an order for the whole run is being written, so that nothing new may begin. */
    private boolean ordering;

    private final RunTally tally;
    private final FreezeTimings freezeTimings = new FreezeTimings();

    /**
     * Creates the ledger of a run of which nothing has been done.
     *
     * @param parts what all runs share
     * @param record the confirmed plan
     * @param leases keeps the run this engine's
     * @param tenure how long it is that
     * @param entries one per selected task, in request order
     * @param lanes the lanes, if it is a switchover
     */
    public RunLedger(
            EngineParts parts,
            RunRecord record,
            Leases leases,
            Tenure tenure,
            List<TaskEntry> entries,
            List<LaneState> lanes) {
        this.parts = parts;
        this.record = record;
        this.leases = leases;
        this.tenure = tenure;
        this.entries = List.copyOf(entries);
        this.lanes = List.copyOf(lanes);
        this.outbox = new Outbox(record.runId(), lock);
        this.places = new RunPlaces(parts.rate(), parts.limits(), lock, outbox);
        this.queues = new RunQueues(parts.rate(), parts.limits(), places);
        this.backlog = new Backlog(this);
        this.feed = new EventFeed(record.runId(), parts.environment());
        this.life = new RunLife(this, leases);
        this.tally = new RunTally(record.plan(), entries);
        entries.forEach(queues::admit);
        feed.publish(stamp -> new BatchEvent.RunStarted(stamp, entries.size()));
    }

    /** Returns what all runs share. */
    public EngineParts parts() {
        return parts;
    }

    /** Returns the confirmed plan. */
    public RunRecord record() {
        return record;
    }

    /** Returns all tasks, in request order. */
    public List<TaskEntry> entries() {
        return entries;
    }

    /** Returns the lanes; none unless it is a switchover. */
    public List<LaneState> lanes() {
        return lanes;
    }

    /** Returns the lock that guards the tasks. */
    public ReentrantLock lock() {
        return lock;
    }

    /** Returns the token with which the run is owned. */
    public FencingToken token() {
        return tenure.token();
    }

    /** Returns for how long the run is this engine's. */
    public Tenure tenure() {
        return tenure;
    }

    RunQueues queues() {
        return queues;
    }

    /** Returns what its tasks take up of what all runs share. */
    RunPlaces places() {
        return places;
    }

    /** Returns whether the run is at work, and how it stops and ends. */
    public RunLife life() {
        return life;
    }

    /** Returns the feed of what happens. */
    public EventFeed feed() {
        return feed;
    }

    /** Takes down what happened, to be told once the lock is free; the lock must be held. */
    void happened(Function<BatchEvent.Stamp, BatchEvent> event) {
        outbox.add(() -> feed.publish(event));
    }

    /**
     * Tells what happened last, after all that happened before; the lock must not be held.
     *
     * @param event what happened
     * @param afterwards what is done once that was told
     */
    void publish(Function<BatchEvent.Stamp, BatchEvent> event, Runnable... afterwards) {
        change(() -> {
            happened(event);
            List.of(afterwards).forEach(outbox::add);
        });
    }

    /** Makes a change under the lock, and tells what happened by it; the lock must not be held. */
    void change(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
        outbox.tellAll();
    }

    Instant now() {
        return parts.environment().clock().instant();
    }

    long nanos() {
        return parts.environment().nanoTime();
    }

    /** Returns whether new commands may be begun; the lock must be held. */
    boolean mayBegin() {
        return mayTakeBack() && !orders.paused();
    }

    /** Returns how many tasks may be in flight by the policy of the run; the lock must be held. */
    Permits permits() {
        int limit = parts.settings().calls().concurrency();
        if (orders.toEnd()) { // what goes on after that is looked for, or carried forward, or an operator let it go on
            return new Permits(Permits.UNBOUND, false, false);
        }
        boolean accepted = orders.waves().spent() == orders.waves().begun();
        return Permits.of(policy(), ofRun(), accepted ? null : ofWave(), limit);
    }

    RunPolicy policy() {
        return record.plan().request().policy();
    }

    /** Returns how long the automatic steps of its freezes took. */
    public FreezeTimings freezeTimings() {
        return freezeTimings;
    }

    /** Returns how long the source of a task may be frozen, and what happens then. */
    public FreezeBudget freeze() {
        return policy().freezeOrDefault();
    }

    /** A run may be taken over by an engine whose platform does not undo. */
    boolean undoesAtEndOfFreeze() {
        return freeze().atEnd() == FreezeBudget.AtEnd.UNDO
                && parts.capabilities().has(GatewayCapability.UNDO);
    }

    /** Returns whether tasks may be taken back, which a pause does not stop; the lock must be held. */
    boolean mayTakeBack() {
        return life.mayBegin() && !ordering && !backlog.down() && maySend();
    }

    /** Returns the counts of what became of the tasks; the lock must be held. */
    RunTally tally() {
        return tally;
    }

    /** A task of a switchover that awaits an operator after a failure counts while it does. */
    Permits.Tally ofRun() {
        return tally.ofRun(queues.count(Phase.FAILED));
    }

    Permits.@Nullable Tally ofWave() {
        return tally.ofWave(orders.waves().begun(), queues.count(Phase.FAILED));
    }

    /** Returns the wave that began last, or null if the run has no waves; the lock must be held. */
    RunTally.@Nullable Wave wave() {
        return tally.wave(orders.waves().begun());
    }

    /** Returns what a task waits for whose wave did not begin; empty if it began. The lock must be held. */
    String wavesAhead(TaskEntry entry) {
        RunTally.Wave wave = tally.wave(entry);
        return wave == null || wave.number() <= orders.waves().begun()
                ? ""
                : "wave " + wave.number() + " of " + tally.waves();
    }

    /** Returns how many tasks have a command in flight; the lock must be held. */
    int inFlight() {
        return queues.count(Phase.CALLING) + queues.count(Phase.SETTLING);
    }

    /** Returns what operators ordered for the run as a whole. */
    public RunOrders orders() {
        return orders;
    }

    /** Sets what operators ordered for the run as a whole; the lock must be held. */
    void order(RunOrders given) {
        orders = given;
    }

    /** Lets nothing new begin until an order is written; the lock must be held. Returns false if another is being written. */
    boolean beginOrder() {
        boolean first = !ordering;
        ordering = true;
        return first;
    }

    /** The order was written, or could not be; the lock need not be held. */
    void endOrder() {
        lock.lock();
        try {
            ordering = false;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the version of the run as a whole; the lock need not be held. */
    public long runVersion() {
        lock.lock();
        try {
            return orders.version();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a call that begins now ends while the run is this engine's, or would be refused if it did not (DUR-2). */
    boolean maySend() {
        boolean fenced = parts.capabilities().has(GatewayCapability.FENCING);
        return tenure.lastsUntil(
                fenced ? nanos() : nanos() + parts.settings().calls().timeout().toNanos());
    }

    /**
     * Returns how long after the end of its lease a call of the owner before may last, which began just before that owner had to
     * stop: not at all, unless the gateway fences, and so lets calls begin that end after it (DUR-2).
     */
    Duration outlasting() {
        if (!parts.capabilities().has(GatewayCapability.FENCING)) {
            return Duration.ZERO;
        }
        LeaseSettings lease = parts.settings().lease();
        Duration after =
                lease.selfFence().plus(parts.settings().calls().timeout()).minus(lease.duration());
        return Collections.max(List.of(after, Duration.ZERO));
    }

    /** Returns who set off the current step of a task. */
    Actor actor(TaskEntry entry) {
        LaneMember member = entry.memberOrNull();
        return member != null && member.actor != null
                ? member.actor
                : record.confirmation().actor();
    }

    /** Returns the version of the board, the fact up to which it shows all; the lock must be held. */
    public long version() {
        return chronicle.upTo();
    }

    /** Says up to which fact the run was read; the lock must be held. */
    void readUpTo(long last) {
        chronicle.startAt(last);
    }

    /** Notes that a task changed in a way that an action could depend on; the lock must be held. */
    void changed(TaskEntry entry) {
        LaneMember member = entry.memberOrNull();
        if (member != null) {
            member.changedAt = chronicle.newest();
        }
        entry.since = now();
    }

    /**
     * Writes, makes and tells changes, in that order, so that whoever is told of a change sees at least that change. What the
     * journal does not take is not made or told: results are kept and made once they are written, all else is given up (DUR-5).
     *
     * @param order a change of the run as a whole, which is written together with all others; NONE if there is none
     * @param turns the changes of tasks
     * @param results whether they tell what is true already, so that they are tried again
     * @param afterwards is called once they are made, under the lock, so that nobody else can come in between; what it returns is run
     *     without the lock, last
     * @return whether they were written; changes without facts are made in any case
     */
    Recorded commit(Order order, List<Turn> turns, boolean results, Supplier<Runnable> afterwards) {
        List<JournalRecord> records = new ArrayList<>(order.records);
        List<Turn> telling = new ArrayList<>();
        for (Turn turn : turns) {
            if (!turn.records().isEmpty()) {
                records.addAll(turn.records());
                telling.add(turn);
            }
        }
        if (records.isEmpty()) {
            make(order, turns, null, afterwards);
            return Recorded.YES;
        }
        Write write = results
                ? Write.results(records, telling.size(), later -> make(order, telling, later, afterwards))
                : Write.asked(records, later -> make(order, telling, later, afterwards), () -> release(telling));
        Recorded recorded = backlog.write(write);
        if (recorded == Recorded.YES) {
            make(order, turns, write, afterwards);
            return recorded;
        }
        List<Turn> silent =
                turns.stream().filter(turn -> turn.records().isEmpty()).toList();
        if (!silent.isEmpty()) {
            make(Order.NONE, silent, null, afterwards);
        }
        return recorded;
    }

    private void make(Order order, List<Turn> turns, @Nullable Write written, Supplier<Runnable> afterwards) {
        Runnable last;
        lock.lock();
        try {
            if (written != null) {
                chronicle.written(written.last());
                order.change.accept(written.first());
            }
            for (Turn turn : turns) {
                if (turn.releases()) {
                    turn.entry().busy = false;
                }
                turn.events().forEach(this::happened);
                turn.change().run();
            }
            if (written != null) {
                chronicle.taken(written.first(), written.last());
            }
            last = afterwards.get();
        } finally {
            lock.unlock();
        }
        outbox.tellAll();
        life.finishIfOver();
        last.run();
    }

    private void release(List<Turn> turns) {
        lock.lock();
        try {
            turns.stream().filter(Turn::releases).forEach(turn -> turn.entry().busy = false);
        } finally {
            lock.unlock();
        }
    }

    /** A change of the run as a whole: its facts, and what is done once they are written, given where the first of them stands. */
    record Order(List<JournalRecord> records, LongConsumer change) {
        static final Order NONE = new Order(List.of(), first -> {});
    }

    /**
     * Writes facts that change nothing here.
     *
     * @param records the facts, at least one
     * @return where they stand
     * @throws JournalException if the journal does not take them
     */
    public Appended note(List<JournalRecord> records) {
        Appended appended = append(records);
        taken(appended.last() - records.size() + 1, appended.last());
        return appended;
    }

    /**
     * Writes facts that have not happened if they are not written now.
     *
     * @param records the facts, at least one
     * @param later is called if it turns out later that they were written
     * @param dropped is called once it is certain that they were not, and will not be
     * @return whether they were written
     */
    boolean noteNowOrNever(List<JournalRecord> records, Runnable later, Runnable dropped) {
        Write write = Write.nowOrNever(
                records,
                found -> {
                    taken(found.first(), found.last());
                    later.run();
                },
                dropped);
        boolean written = backlog.write(write) == Recorded.YES;
        if (written) {
            taken(write.first(), write.last());
        }
        return written;
    }

    void taken(long first, long last) {
        lock.lock();
        try {
            chronicle.taken(first, last);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a fact is taken into account; the lock must not be held. */
    boolean isTaken(long fact) {
        lock.lock();
        try {
            return chronicle.isTaken(fact);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the newest fact of which this engine knows; the lock must be held. */
    long newestFact() {
        return chronicle.newest();
    }

    /** Writes facts, whatever waits to be written. */
    Appended append(List<JournalRecord> records) {
        return parts.journal().append(record.runId(), tenure.token(), records);
    }

    /** Renews the lease now; returns whether the run is still this engine's. */
    boolean renewLease() {
        return leases.renew(tenure);
    }

    /** Returns what the journal did not take yet. */
    Backlog backlog() {
        return backlog;
    }

    /** Takes down a task's result, unless it has one, which is a defect; the lock must be held. */
    void end(TaskEntry entry, TaskResult result) {
        queues.move(entry, Phase.ENDED);
        entry.result = result;
        entry.waitsFor = "";
        tally.ended(entry, result);
    }

    /** Returns the results so far, in request order. */
    public List<TaskResult> results() {
        lock.lock();
        try {
            return entries.stream()
                    .map(entry -> entry.result)
                    .filter(Objects::nonNull)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Returns what was waived, in request order. */
    public List<Waiver> waivers() {
        lock.lock();
        try {
            return RunView.waivers(entries);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how far the run is. */
    public Progress progress() {
        lock.lock();
        try {
            return tally.progress(inFlight(), life.since());
        } finally {
            lock.unlock();
        }
    }
}
