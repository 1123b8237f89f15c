package io.omsbatch.testkit.fake;

import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.switchover.CutEvidence;
import io.omsbatch.api.switchover.ObjectItem;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Position;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverProgress.State;
import io.omsbatch.api.task.SwitchoverStep;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a simulated task stands in its switchover, and what the steps so far have left. Not thread-safe. */
final class Cutover {

    private final List<SwitchoverStep> steps;
    private final int round;
    private final boolean movesOn;
    /** The steps that a run has taken back, as run and step; that run takes none of them again. */
    private final Set<String> takenBack = new HashSet<>();

    private final Set<SwitchoverStep> skipped = EnumSet.noneOf(SwitchoverStep.class);
    private SwitchoverStep step;
    private State state;
    private int tries;
    private boolean forwardStopped;

    @Nullable
    StopPoint stopPoint;

    @Nullable
    Long trueStop;

    @Nullable
    Position storeStart;

    SyncLinks.State reverse = SyncLinks.State.ABSENT;
    SyncLinks.TargetWrites targetWrites = SyncLinks.TargetWrites.NONE;
    SyncLinks.SourceGuard sourceGuard = SyncLinks.SourceGuard.OPEN;
    /** What the precheck finds when nothing blocks. */
    static final List<PrecheckItem> NOTHING_BLOCKS = List.of(
            new PrecheckItem("sync-latency", PrecheckItem.Severity.PASSED, "the target is near", ""),
            new PrecheckItem("target-log", PrecheckItem.Severity.WARNING, "short retention", "prolong it"));

    CutEvidence evidence = CutEvidence.none();
    List<PrecheckItem> precheck = List.of();
    List<PrecheckItem> blocking = List.of();

    List<PrecheckItem> findings() {
        return blocking.isEmpty() ? NOTHING_BLOCKS : blocking;
    }

    List<ObjectItem> objects;

    @Nullable
    Problem problem;

    /** When the whole of it was over. */
    @Nullable
    Instant overSince;

    /**
     * @param round which of the task's switchovers it is
     * @param movesOn whether the pointer moves to the next step when one is over, instead of staying at the one that is over
     */
    Cutover(MigrationType type, int round, boolean movesOn) {
        this.round = round;
        this.steps = type.switchoverSteps(SwitchoverDirection.ofRound(round));
        this.movesOn = movesOn;
        this.step = steps.get(0);
        this.state = State.WAITING;
        this.objects = pending();
    }

    private static List<ObjectItem> pending() {
        return List.of(
                new ObjectItem("triggers", "migrate the triggers", ObjectItem.State.PENDING, ""),
                new ObjectItem("hidden-columns", "drop the hidden columns", ObjectItem.State.PENDING, ""));
    }

    private Cutover(Cutover other) {
        this.steps = other.steps;
        this.round = other.round;
        this.overSince = other.overSince;
        this.movesOn = other.movesOn;
        this.skipped.addAll(other.skipped);
        this.step = other.step;
        this.state = other.state;
        this.tries = other.tries;
        this.forwardStopped = other.forwardStopped;
        this.stopPoint = other.stopPoint;
        this.trueStop = other.trueStop;
        this.storeStart = other.storeStart;
        this.reverse = other.reverse;
        this.targetWrites = other.targetWrites;
        this.sourceGuard = other.sourceGuard;
        this.takenBack.addAll(other.takenBack);
        this.precheck = other.precheck;
        this.evidence = other.evidence;
        this.blocking = other.blocking;
        this.objects = other.objects;
        this.problem = other.problem;
    }

    Cutover copy() {
        return new Cutover(this);
    }

    SwitchoverProgress progress() {
        return new SwitchoverProgress(step, state, round);
    }

    /** Stands the task at a step without anything having happened. */
    void standAt(SwitchoverProgress progress) {
        step = progress.step();
        state = progress.state();
    }

    int round() {
        return round;
    }

    SwitchoverDirection direction() {
        return SwitchoverDirection.ofRound(round);
    }

    boolean hasStep(SwitchoverStep asked) {
        return steps.contains(asked);
    }

    boolean isOver(SwitchoverStep asked) {
        return progress().isOver(asked);
    }

    boolean wasSkipped(SwitchoverStep asked) {
        return skipped.contains(asked);
    }

    /** Returns whether a step is the next one to be begun, or tried again. */
    boolean isNext(SwitchoverStep asked) {
        if (state == State.DONE) {
            int next = steps.indexOf(step) + 1;
            return next < steps.size() && steps.get(next) == asked;
        }
        return step == asked && (state == State.WAITING || state == State.FAILED);
    }

    boolean isUnderWay(SwitchoverStep asked) {
        return step == asked && state == State.RUNNING;
    }

    /** Takes up a step; returns the number of this try, so that what comes later knows whether it is still wanted. */
    int begin(SwitchoverStep asked) {
        step = asked;
        state = State.RUNNING;
        problem = null;
        if (asked == SwitchoverStep.CONFIRM_WRITES_STOPPED) {
            sourceGuard = SyncLinks.SourceGuard.SHUT; // whatever comes of it
        }
        return ++tries;
    }

    boolean isCurrent(int tried) {
        return tries == tried && state == State.RUNNING;
    }

    void fail(Problem why) {
        state = State.FAILED;
        problem = why;
    }

    void over() {
        state = State.DONE;
        problem = null;
        int next = steps.indexOf(step) + 1;
        if (movesOn && next < steps.size()) {
            step = steps.get(next);
            state = State.WAITING;
        }
    }

    void skip(SwitchoverStep asked) {
        tries++;
        step = asked;
        skipped.add(asked);
        over();
    }

    boolean wasTakenBack(String runId, SwitchoverStep asked) {
        return takenBack.contains(runId + " " + asked);
    }

    /** Takes back what a step did; the task stands at it again if it stood there or later. */
    void takeBack(String runId, SwitchoverStep asked) {
        takenBack.add(runId + " " + asked);
        tries++;
        skipped.remove(asked);
        problem = null;
        if (step.compareTo(asked) >= 0) {
            step = asked;
            state = State.WAITING;
        }
        switch (asked) {
            case START_TARGET_STORE -> storeStart = null;
            case CONFIRM_WRITES_STOPPED -> {
                stopPoint = null;
                trueStop = null;
                sourceGuard = SyncLinks.SourceGuard.OPEN;
            }
            case STOP_FORWARD_SYNC -> forwardStopped = false;
            case PROCESS_DATABASE_OBJECTS -> objects = pending();
            case START_FORWARD_SWITCHOVER,
                    SWITCHOVER_PRECHECK,
                    CONFIRM_SYNC_TIMESTAMP,
                    START_REVERSE_INCREMENT,
                    UNRECOGNIZED -> {}
        }
    }

    boolean forwardStopped() {
        return forwardStopped;
    }

    void stopForward() {
        forwardStopped = true;
    }

    boolean finished() {
        return isOver(steps.get(steps.size() - 1));
    }
}
