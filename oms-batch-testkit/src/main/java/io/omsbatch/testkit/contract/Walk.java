package io.omsbatch.testkit.contract;

import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes one task through its switchover and remembers everything that was observed on the way. */
final class Walk {

    private static final Set<SwitchoverStep> AUTOMATIC = EnumSet.of(
            SwitchoverStep.SWITCHOVER_PRECHECK,
            SwitchoverStep.START_TARGET_STORE,
            SwitchoverStep.CONFIRM_SYNC_TIMESTAMP,
            SwitchoverStep.STOP_FORWARD_SYNC);

    /**
     * One step of the walk.
     *
     * @param step the step
     * @param sentAt when it was commanded
     * @param answer how the command was answered; null if the platform advances by itself
     * @param before what was observed before
     * @param after what was observed last
     * @param over whether the step was observed to be over
     */
    record Leg(
            SwitchoverStep step,
            Instant sentAt,
            @Nullable Answer answer,
            SwitchoverSnapshot before,
            SwitchoverSnapshot after,
            boolean over) {}

    private final SwitchoverProbe probe;
    private final TaskRef task;
    private final SwitchoverDirection direction;
    private final MigrationType type;
    private final List<Leg> legs = new ArrayList<>();
    private final List<SwitchoverSnapshot> seen = new ArrayList<>();
    private boolean caughtUp;

    Walk(SwitchoverProbe probe, TaskRef task) {
        this(probe, task, probe.direction());
    }

    Walk(SwitchoverProbe probe, TaskRef task, SwitchoverDirection direction) {
        this.direction = direction;
        this.probe = probe;
        this.task = task;
        this.type = probe.readPresent(task).type();
    }

    TaskRef task() {
        return task;
    }

    MigrationType type() {
        return type;
    }

    /** Returns the steps on the way. */
    List<SwitchoverStep> steps() {
        return type.switchoverSteps(direction);
    }

    List<SwitchoverSnapshot> seen() {
        return seen;
    }

    /** Returns what was observed in an order that cannot go back: everything, or what was seen after the staleness. */
    List<SwitchoverSnapshot> inOrder() {
        boolean stale =
                !probe.bench().gateway().capabilities().maximumStaleness().isZero();
        return stale ? legs.stream().map(Leg::after).toList() : seen;
    }

    /** Returns the last leg, which is not over if the walk got stuck there. */
    Leg last() {
        return legs.get(legs.size() - 1);
    }

    Optional<Leg> over(SwitchoverStep step) {
        return legs.stream().filter(leg -> leg.step() == step && leg.over()).findFirst();
    }

    /** Returns whether a sample with a known lag was seen at the stop point before the sync timestamp was confirmed. */
    boolean caughtUp() {
        return caughtUp;
    }

    /** Walks up to a step, which is not begun any more; all the way for UNRECOGNIZED. */
    Walk upTo(SwitchoverStep end) {
        for (SwitchoverStep step : steps()) {
            if (step.compareTo(end) < 0 && !go(step)) {
                break;
            }
        }
        return this;
    }

    boolean go(SwitchoverStep step) {
        SwitchoverSnapshot before = look();
        if (step == SwitchoverStep.CONFIRM_WRITES_STOPPED) {
            probe.bench().stopWrites(task);
        }
        if (step == SwitchoverStep.CONFIRM_SYNC_TIMESTAMP) {
            caughtUp = probe.eventually(() -> caughtUp(look()));
        }
        Instant sentAt = probe.bench().clock().instant();
        boolean byItself = AUTOMATIC.contains(step)
                && probe.bench().gateway().capabilities().has(GatewayCapability.SELF_ADVANCING);
        Answer answer = byItself ? null : probe.run(task, step);
        boolean over = probe.eventually(() -> look().progress().isOver(step));
        probe.passStaleness();
        SwitchoverSnapshot after = look();
        legs.add(new Leg(step, sentAt, answer, before, after, over));
        return over;
    }

    SwitchoverSnapshot look() {
        SwitchoverSnapshot snapshot = probe.observePresent(task);
        seen.add(snapshot);
        return snapshot;
    }

    private boolean caughtUp(SwitchoverSnapshot snapshot) {
        StopPoint stop = snapshot.stopPoint();
        SyncSample sync = snapshot.sync();
        long granularity = probe.bench().gateway().capabilities().positionGranularity();
        return stop != null
                && sync != null
                && sync.lag() instanceof Lag.Known
                && sync.applied().reached(stop.position(), granularity);
    }
}
