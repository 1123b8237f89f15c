package io.omsbatch.core.internal.run;

import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.call.CallTicket;
import io.omsbatch.core.internal.durable.HeldBack;
import io.omsbatch.core.internal.limit.Calls;
import io.omsbatch.core.internal.limit.Places;
import io.omsbatch.core.internal.limit.ResourceKey;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.internal.step.StepView;
import io.omsbatch.core.internal.step.TakingBack;
import io.omsbatch.core.workflow.StepSpec;
import io.omsbatch.core.workflow.StepTable;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One task of a run and where it stands. Guarded by the run's lock; while a task is in phase PREPARING, CALLING, or being
 * looked at, only the work that put it there changes it.
 */
public final class TaskEntry implements StepView {

    private final int index;
    private final TaskRef ref;
    private final String name;
    private final @Nullable MigrationTask planned;
    private final @Nullable LaneMember member;
    private List<StepSpec> rows;

    private int at;
    private int entered;
    private Phase phase = Phase.IDLE;

    /** Whether somebody is about to change the task and has let go of the lock meanwhile. */
    boolean busy;

    /** Whether the task waits for a slot in which it is looked at. */
    boolean awaitsLook;

    /** Whether the task is to be looked at alone, because a page with it could not be read. */
    boolean alone;

    /** What it shares with others. */
    private List<ResourceKey> keys = List.of();

    /** Its places at these, or null while it has none. */
    @Nullable
    Places places;

    /** Its turn among all calls, or null while it has none. */
    @Nullable
    Calls call;

    /** With whom it waits for such places, or null before it has. */
    KeyedLine.@Nullable Group group;

    /** Whether its claim is held. */
    boolean claimed;

    /** Counts the operator's retries of the current step; part of the command's key. */
    int round;

    /** Attempts of the current round. */
    int attempt;

    /** Commands sent in all. */
    int attempts;

    /** Attempts in a row whose intents were written, and whose commands were not sent all the same. */
    int unsent;

    /** When the first of those was not sent, in the environment's nanoseconds. */
    long unsentSince;

    /** Looks that failed in a row. */
    int failedLooks;

    /** Whether a command of the current step may have had its effect without anybody knowing. */
    boolean ambiguous;

    /** The newest call of the current step, or null before the first. */
    @Nullable
    CallTicket ticket;

    /** When the call of an owner before had returned for certain; empty if there was none. */
    OptionalLong returnedBefore = OptionalLong.empty();

    /** When what was commanded before the undo can have no effect any more, in the environment's nanoseconds; empty if it cannot now. */
    OptionalLong quietFrom = OptionalLong.empty();

    /** From when on a look counts as evidence, in the environment's nanoseconds. */
    long evidenceFrom;

    /** When the look before the command arrived, in the environment's nanoseconds. */
    long readySince;

    /** When a delayed task is due, in the environment's nanoseconds. */
    long due;

    /** When the current wait ends without success, in the environment's nanoseconds; 0 while there is none. */
    long deadline;

    /** What it waits for, for operators; empty if for nothing. */
    String waitsFor = "";

    /** What last went wrong in the current step, or null. */
    @Nullable
    Problem problem;

    /** When its first command was intended, or null before. */
    @Nullable
    Instant startedAt;

    /** Since when it stands as it does. */
    Instant since;

    /** Its result, or null before it has one. */
    @Nullable
    TaskResult result;

    /**
     * Creates an entry at its first step.
     *
     * @param index its place in the request
     * @param ref the task
     * @param planned the task as it was planned, or null if it was not eligible
     * @param rows the steps it goes through
     * @param member what it has besides in a switchover, or null
     * @param since the present
     */
    public TaskEntry(
            int index,
            TaskRef ref,
            @Nullable MigrationTask planned,
            List<StepSpec> rows,
            @Nullable LaneMember member,
            Instant since) {
        this.index = index;
        this.ref = ref;
        this.name = planned == null ? ref.id() : planned.name();
        this.planned = planned;
        this.rows = rows;
        this.member = member;
        this.since = since;
    }

    /** Returns whether somebody is about to change the task. */
    public boolean busy() {
        return busy;
    }

    /** Says that somebody is about to change the task, so that nobody else may. */
    public void hold() {
        busy = true;
    }

    int index() {
        return index;
    }

    @Override
    public TaskRef ref() {
        return ref;
    }

    /** Returns its name when it was planned. */
    public String name() {
        return name;
    }

    @Override
    public MigrationTask planned() {
        if (planned == null) {
            throw new IllegalStateException(ref + " was not eligible when it was planned");
        }
        return planned;
    }

    @Override
    public LaneMember member() {
        if (member == null) {
            throw new IllegalStateException(ref + " is not in a switchover");
        }
        return member;
    }

    /** Returns whether the task goes through a switchover. */
    public boolean inSwitchover() {
        return member != null;
    }

    @Nullable
    LaneMember memberOrNull() {
        return member;
    }

    @Override
    public List<StepSpec> rows() {
        return rows;
    }

    @Override
    public StepSpec row() {
        return rows.get(at);
    }

    /** Returns the phase. */
    public Phase phase() {
        return phase;
    }

    /** Returns what it waits for; empty if for nothing. */
    public String waitsFor() {
        String room = phase == Phase.QUEUED && group != null ? group.waitsFor() : "";
        return room.isEmpty() ? waitsFor : room;
    }

    /**
     * Says what it shares with others, before it is queued.
     *
     * @param resources the resources
     */
    public void uses(List<ResourceKey> resources) {
        keys = List.copyOf(resources);
    }

    List<ResourceKey> keys() {
        return keys;
    }

    /** Returns how its current step stands. */
    public StepStanding.State standing() {
        boolean back = row().undoes();
        return switch (phase) {
            case IDLE, QUEUED, READY, HELD -> back ? StepStanding.State.UNDOING : StepStanding.State.WAITING;
            case GATED -> StepStanding.State.GATED;
            case PREPARING, CALLING, SETTLING, DELAYED ->
                back ? StepStanding.State.UNDOING : StepStanding.State.RUNNING;
            case FAILED -> failed();
            case ENDED -> StepStanding.State.DONE;
        };
    }

    /** Returns how its step stands if that did not come through. */
    public StepStanding.State failed() {
        if (row().undoes()) {
            return StepStanding.State.UNDO_FAILED;
        }
        return ambiguous ? StepStanding.State.UNKNOWN : StepStanding.State.FAILED;
    }

    /** Returns what last went wrong in the current step, or null. */
    public @Nullable Problem problem() {
        return problem;
    }

    /** Returns since when it stands as it does. */
    public Instant since() {
        return since;
    }

    @Override
    public boolean untouched() {
        return attempts == 0;
    }

    @Override
    public int round() {
        return round;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public boolean ambiguous() {
        return ambiguous;
    }

    boolean last() {
        return at == rows.size() - 1;
    }

    /**
     * Makes the task enter its switchover at a step; those before it are not this run's doing.
     *
     * @param row the place of the step among its rows
     */
    public void enterAt(int row) {
        entered = row;
        at = row;
    }

    /**
     * Makes the task stand at a step before anything was done for it.
     *
     * @param row the place of the step among its rows
     */
    public void startAt(int row) {
        at = row;
    }

    /** Goes on to the next step, of which nothing was done yet. */
    void advance() {
        stand(at + 1);
    }

    /** Stands at a step of which nothing was done yet, in a switchover. */
    void stand(int row) {
        at = row;
        round = 0;
        newRound();
        notSetOff();
    }

    /** No operator has set off its current step, in a switchover. */
    void notSetOff() {
        member().skipping = false;
        member().actor = null;
        member().setOffAt = null;
    }

    /** The current step of a switchover is over. Without a target store there is no way back. */
    void markOver(SwitchoverStep step, Instant when) {
        member().markOver(step, when);
        if (member().skipping && step == SwitchoverStep.START_TARGET_STORE) {
            rows = rows.stream()
                    .filter(row -> row.step() != SwitchoverStep.START_REVERSE_INCREMENT)
                    .toList();
        }
    }

    /** A command of the current step is about to be sent. */
    void markCommanded() {
        if (member != null && action() == StepCommand.Action.RUN) {
            member.commanded().add(Objects.requireNonNull(row().step()));
        }
    }

    /**
     * Returns whether its write freeze is held back by a problem: no write stop was sent, so the source counts as not frozen (SW-9).
     *
     * @param problemCode the code of the problem with which its current step failed
     */
    boolean freezeHeldBack(String problemCode) {
        return member != null
                && row().step() == SwitchoverStep.CONFIRM_WRITES_STOPPED
                && !member.commanded().contains(SwitchoverStep.CONFIRM_WRITES_STOPPED)
                && HeldBack.holdsFreeze(problemCode);
    }

    /** Returns the steps by which it would be taken back now; none if there is nothing to take back. */
    List<StepSpec> undoing() {
        Set<SwitchoverStep> doing = EnumSet.noneOf(SwitchoverStep.class);
        doing.addAll(member().commanded());
        if (member().ledOn()) {
            rows.subList(entered, rows.size()).stream()
                    .filter(row -> row.driver() == StepSpec.Driver.AUTOMATIC)
                    .forEach(row -> doing.add(Objects.requireNonNull(row.step())));
        }
        return doing.isEmpty() || untouched() ? List.of() : StepTable.undoing(rows, doing);
    }

    /** Returns what taking it back begins with. */
    TakingBack takingBack() {
        TakingBack back = new TakingBack(rows, direction());
        for (StepSpec row : rows.subList(0, entered)) {
            SwitchoverStep step = Objects.requireNonNull(row.step());
            if (row.effect().undo() != StepSpec.Effect.Undo.NOTHING
                    && !member().commanded().contains(step)) {
                back.leave(step, "it was over before this run");
            }
        }
        return back;
    }

    /** From now on it is taken back (SW-8); there must be something to take back. */
    void takeBack() {
        List<StepSpec> undo = undoing();
        member().takingBack = takingBack();
        rows = undo;
        stand(0);
    }

    /**
     * Returns the outcome of a task that an operator leaves where it stands, in a switchover.
     *
     * @param why the operator's reason
     */
    public TaskOutcome left(String why) {
        TakingBack back = member().takingBack;
        if (back == null) {
            return new TaskOutcome.LeftAt(Objects.requireNonNull(row().step()), direction(), member().frozen(), why);
        }
        String last = problem == null ? why : why + "; before that " + problem;
        for (StepSpec row : rows.subList(at, rows.size())) {
            back.leave(Objects.requireNonNull(row.step()), row.equals(row()) ? last : why);
        }
        return back.outcome();
    }

    /** Returns when the newest call of the current step had returned for certain, by the environment's nanoseconds. */
    OptionalLong returnedAt() {
        return ticket == null ? returnedBefore : ticket.returnedAt();
    }

    /** Begins the step anew: nothing of earlier tries counts any more but the count of attempts in all. */
    void newRound() {
        attempt = 0;
        unsent = 0;
        failedLooks = 0;
        ambiguous = false;
        ticket = null;
        returnedBefore = OptionalLong.empty();
        deadline = 0;
        waitsFor = "";
        problem = null;
    }

    void become(Phase next) {
        if (!phase.mayBecome(next)) {
            throw new IllegalStateException(ref + " cannot go from " + phase + " to " + next);
        }
        phase = next;
    }

    Subject subject() {
        return new Subject(ref, row().name(), attempt);
    }
}
