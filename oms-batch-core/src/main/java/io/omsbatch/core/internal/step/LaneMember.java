package io.omsbatch.core.internal.step;

import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.SwitchoverStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a task has besides, when it goes through the switchover in a lane. Guarded by the run's lock. */
public final class LaneMember {

    private final LaneState lane;
    private final Map<SwitchoverStep, StepStanding> over = new EnumMap<>(SwitchoverStep.class);
    private final boolean ledOn;
    private boolean alone;
    private boolean throughBarrier;
    private final List<Waiver> waivers = new ArrayList<>();

    private final Set<SwitchoverStep> commanded = EnumSet.noneOf(SwitchoverStep.class);

    /** Whether an operator aborted it; it is taken back once nothing is in flight any more. */
    public boolean aborting;

    /** How far it is taken back, or null while it goes forward. */
    public @Nullable TakingBack takingBack;

    /** The newest observation, or null before the first. */
    public @Nullable SwitchoverSnapshot snapshot;

    /** How far the evidence has come that the write stop is reached. */
    public CatchUp catchUp = CatchUp.NONE;

    /** Who set off the current step, or null while that was the run's own actor. */
    public @Nullable Actor actor;

    /** When an operator set off the current step, or null while none did. */
    public @Nullable Instant setOffAt;

    /** Whether the current step is to be passed over instead of carried out. */
    public boolean skipping;

    /** Whether the task only goes forward from here. */
    public boolean pastReturn;

    /** Whether this run stopped, or may have stopped, the application's writes. */
    public boolean writesStopped;

    /** Since when the source is frozen, or null while it is not. */
    public @Nullable Instant frozenSince;

    /** Whether an operator went on although the freeze is over its budget. */
    public boolean freezeAccepted;

    /** The board's version when the task last changed in a way that an action could depend on. */
    public long changedAt;

    /**
     * Creates a member that goes with its lane.
     *
     * @param lane the lane
     * @param throughBarrier whether the task enters behind the barrier
     * @param ledOn whether the platform takes automatic steps by itself, so that those of this run are its doing
     */
    public LaneMember(LaneState lane, boolean throughBarrier, boolean ledOn) {
        this.lane = lane;
        this.ledOn = ledOn;
        this.throughBarrier = throughBarrier;
        if (!throughBarrier) {
            lane.join();
        }
    }

    /** Returns the lane it belongs to. */
    public LaneState lane() {
        return lane;
    }

    /** Returns whether it goes on alone. */
    public boolean alone() {
        return alone;
    }

    /** Returns whether the barrier has let it through. */
    public boolean throughBarrier() {
        return throughBarrier;
    }

    /**
     * The task waits at the barrier.
     *
     * @param since since when
     * @return whether it is the first of its lane
     */
    public boolean hold(Instant since) {
        return lane.hold(since);
    }

    /** The barrier lets the task through. */
    public void passBarrier() {
        throughBarrier = true;
    }

    /** The task is through the barrier already, without the others. */
    public void skipBarrier() {
        if (!throughBarrier && !alone) {
            lane.leave(false);
        }
        throughBarrier = true;
    }

    /** The task is taken back before the barrier, and goes together with whoever else is there. */
    public void goBack() {
        if (throughBarrier && !alone) {
            lane.join();
        }
        throughBarrier = false;
    }

    /**
     * The task goes on alone, or has ended.
     *
     * @param held whether it waits at the barrier
     */
    public void leaveLane(boolean held) {
        if (!throughBarrier && !alone) {
            lane.leave(held);
        }
        alone = true;
    }

    /** Returns the steps that are over, with when that was known. */
    public Map<SwitchoverStep, StepStanding> over() {
        return over;
    }

    /** Returns whether this run stopped the application's writes, and nothing has taken that back or made it final. */
    public boolean frozen() {
        return writesStopped && !pastReturn;
    }

    /** Returns the steps that this run commanded, whatever came of it. */
    public Set<SwitchoverStep> commanded() {
        return commanded;
    }

    /** Returns whether the platform takes automatic steps by itself, so that those of this run are this run's doing. */
    public boolean ledOn() {
        return ledOn;
    }

    /** Returns whether nobody need decide what becomes of it: it only goes forward, or is taken back. */
    public boolean decided() {
        return pastReturn || aborting || takingBack != null;
    }

    /** Returns whether it is to be taken back, and that has not begun. */
    public boolean abortAhead() {
        return aborting && takingBack == null && !pastReturn;
    }

    /**
     * Notes that a step was taken back, or is left as it is.
     *
     * @param step the step
     * @param at when that was known
     * @param left why it is left, or null if it was taken back
     */
    public void markUndone(SwitchoverStep step, Instant at, @Nullable Problem left) {
        StepStanding.State state = left == null ? StepStanding.State.UNDONE : StepStanding.State.UNDO_FAILED;
        over.put(step, new StepStanding(step, state, at, left == null ? "" : left.toString()));
        if (left != null) {
            Objects.requireNonNull(takingBack, "nothing is taken back").leave(step, left.toString());
        } else if (step == SwitchoverStep.CONFIRM_WRITES_STOPPED) {
            unfreeze();
        }
    }

    /**
     * An operator confirmed that writing stopped.
     *
     * @param at when
     */
    public void freeze(Instant at) {
        writesStopped = true;
        frozenSince = frozenSince == null ? at : frozenSince;
    }

    /** The source was given back, or was not frozen after all. */
    public void unfreeze() {
        writesStopped = false;
        frozenSince = null;
        freezeAccepted = false;
    }

    /**
     * Returns whether a rule was waived for this task.
     *
     * @param rule the rule
     */
    public boolean waived(Invariant rule) {
        return waivers.stream().anyMatch(waiver -> waiver.rule().equals(rule.name()));
    }

    /**
     * Waives a rule for this task.
     *
     * @param waiver which, who and why
     */
    public void waive(Waiver waiver) {
        waivers.add(waiver);
    }

    /** Returns what was waived for this task, in order. */
    public List<Waiver> waivers() {
        return List.copyOf(waivers);
    }

    /**
     * Notes that a step is over; skipped, if it was to be passed over.
     *
     * @param step the step
     * @param at when that was known
     */
    public void markOver(SwitchoverStep step, Instant at) {
        over.put(step, new StepStanding(step, skipping ? StepStanding.State.SKIPPED : StepStanding.State.DONE, at, ""));
    }
}
