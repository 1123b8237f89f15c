package io.omsbatch.testkit.fake;

import io.omsbatch.api.switchover.CutEvidence;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A task of the simulated platform. Not thread-safe. */
final class FakeTask {

    private final TaskRef ref;
    private final String name;
    private final MigrationType type;
    private final Set<String> tags;
    final ForwardSync sync;
    TaskStatus status;
    StageProgress stage;
    AlertLevel alertLevel;

    @Nullable
    Cutover cutover;

    /** Grows when the task is stopped or changed, so that a stage that was under way does not go on. */
    int turn;

    FakeTask(MigrationTask from, ForwardSync sync) {
        this.ref = from.ref();
        this.name = from.name();
        this.type = from.type();
        this.tags = from.tags();
        this.sync = sync;
        this.status = from.status();
        this.stage = from.stage();
        this.alertLevel = from.alertLevel();
    }

    private FakeTask(FakeTask other) {
        this.ref = other.ref;
        this.name = other.name;
        this.type = other.type;
        this.tags = other.tags;
        this.sync = other.sync.copy();
        this.status = other.status;
        this.stage = other.stage;
        this.alertLevel = other.alertLevel;
        this.cutover = other.cutover == null ? null : other.cutover.copy();
        this.turn = other.turn;
    }

    FakeTask copy() {
        return new FakeTask(this);
    }

    TaskRef ref() {
        return ref;
    }

    MigrationType type() {
        return type;
    }

    Cutover entered() {
        return Objects.requireNonNull(cutover, "cutover");
    }

    /** Begins the next round that goes a way, unless it is in one. */
    void enter(SwitchoverDirection direction, boolean movesOn) {
        Cutover before = cutover;
        int round = before == null ? 1 : before.round() + (before.direction() == direction ? 0 : 1);
        Cutover next = new Cutover(type, round, movesOn);
        if (before != null) {
            next.evidence = CutEvidence.none().withSwitchedAt(before.overSince);
        }
        cutover = next;
    }

    /** Whether it has the sync to the side that the application enters, or is to enter. */
    boolean hasForwardSync() {
        Part leading = cutover == null ? Part.INCREMENTAL : cutover.direction().leading();
        return type.has(leading)
                && status != TaskStatus.NOT_STARTED
                && status != TaskStatus.ENDED
                && stage.stage().compareTo(Stage.INCREMENTAL_SYNC) >= 0;
    }

    SyncLinks links() {
        SyncLinks.State forward = !hasForwardSync()
                ? SyncLinks.State.ABSENT
                : sync.running() ? SyncLinks.State.RUNNING : SyncLinks.State.STOPPED;
        return cutover == null
                ? new SyncLinks(forward, SyncLinks.State.ABSENT, null)
                : new SyncLinks(
                        forward, cutover.reverse, cutover.storeStart, cutover.targetWrites, cutover.sourceGuard);
    }

    /** Returns the task as a read shows it. */
    MigrationTask show(Instant at) {
        SwitchoverProgress progress = cutover == null ? null : cutover.progress();
        return MigrationTask.builder(ref)
                .name(name)
                .status(status)
                .type(type)
                .stage(stage.stage(), stage.state())
                .switchover(progress)
                .alertLevel(alertLevel)
                .latestTimestamp(hasForwardSync() ? Instant.ofEpochMilli(sync.applied(at)) : null)
                .tags(tags)
                .build();
    }

    /** Returns the switchover as an observation shows it, or null if the task is not in it. */
    @Nullable
    SwitchoverSnapshot observe(Instant at) {
        if (cutover == null) {
            return null;
        }
        return new SwitchoverSnapshot(
                cutover.progress(),
                links(),
                cutover.stopPoint,
                hasForwardSync() ? sync.sample(at) : null,
                cutover.precheck,
                cutover.objects,
                cutover.evidence,
                cutover.problem);
    }

    /** Returns what a precheck finds now. */
    List<PrecheckItem> precheck() {
        return cutover == null ? Cutover.NOTHING_BLOCKS : cutover.findings();
    }

    @Override
    public String toString() {
        return ref.id() + " " + status + " " + stage + " " + alertLevel
                + (cutover == null ? "" : " " + cutover.progress() + " " + links());
    }
}
