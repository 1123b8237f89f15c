package io.omsbatch.examples.postgres.gateway;

import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.switchover.CutEvidence;
import io.omsbatch.api.switchover.ObjectItem;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.Position;
import io.omsbatch.examples.postgres.cutover.ObjectState;
import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.platform.TaskNotes;
import io.omsbatch.examples.postgres.precheck.Finding;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.replication.Look;
import io.omsbatch.examples.postgres.replication.SlotState;
import io.omsbatch.examples.postgres.replication.SyncPosition;
import io.omsbatch.examples.postgres.task.Links;
import io.omsbatch.examples.postgres.task.TaskRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of a task in its switchover, as a snapshot of the library. */
final class SnapshotTranslation {

    private SnapshotTranslation() {}

    static SwitchoverSnapshot snapshot(TaskNotes notes, @Nullable Look look) {
        TaskRecord task = notes.task();
        Links.StopMark stop = task.links().stop();
        Lsn storeStart = task.links().storeStart();
        return SwitchoverSnapshot.at(TaskTranslation.progress(
                        Objects.requireNonNull(task.state().switchover())))
                .withLinks(new SyncLinks(
                        link(look, task.id(), Direction.FORWARD),
                        link(look, task.id(), Direction.REVERSE),
                        storeStart == null ? null : position(storeStart),
                        targetWrites(look, task.id()),
                        sourceGuard(look, task.id())))
                .withStopPoint(stop == null ? null : new StopPoint(position(stop.position()), stop.at()))
                .withSync(
                        look == null
                                ? null
                                : look.sync(task.id())
                                        .map(SnapshotTranslation::sample)
                                        .orElse(null))
                .withPrecheck(
                        notes.findings().stream().map(SnapshotTranslation::item).toList())
                .withObjects(
                        notes.objects().stream().map(SnapshotTranslation::item).toList())
                .withEvidence(new CutEvidence(notes.verifiedAt(), whyReverseCannotStart(look, task)))
                .withProblem(task.problem() == null ? null : Failures.problem(task.problem()));
    }

    /** The way back reads from a slot on the target; without it, or the log that it holds, it could not begin. */
    private static @Nullable Problem whyReverseCannotStart(@Nullable Look look, TaskRecord task) {
        if (look == null || task.links().storeStart() == null || task.links().reverse()) {
            return null;
        }
        SlotState slot = look.slot(task.id(), Direction.REVERSE);
        if (slot != null && !slot.lost()) {
            return null;
        }
        return new Problem(
                "REVERSE_SLOT_LOST",
                "the slot on the target that holds the changes for the way back of " + task.id()
                        + (slot == null ? " is gone" : " has lost its log"),
                "abort the task, then switch it over again",
                false);
    }

    /** Nobody but superusers and the replication can come into a target whose door is shut. */
    private static SyncLinks.TargetWrites targetWrites(@Nullable Look look, String database) {
        return look == null || look.targetOpen(database) ? SyncLinks.TargetWrites.UNKNOWN : SyncLinks.TargetWrites.NONE;
    }

    private static SyncLinks.SourceGuard sourceGuard(@Nullable Look look, String database) {
        if (look == null) {
            return SyncLinks.SourceGuard.UNKNOWN;
        }
        return look.sourceOpen(database) ? SyncLinks.SourceGuard.OPEN : SyncLinks.SourceGuard.SHUT;
    }

    private static SyncLinks.State link(@Nullable Look look, String database, Direction direction) {
        if (look == null) {
            return SyncLinks.State.UNKNOWN;
        }
        if (look.subscription(database, direction) == null) {
            return look.quiet(database, direction) ? SyncLinks.State.ABSENT : SyncLinks.State.UNKNOWN;
        }
        if (look.quiet(database, direction)) {
            return SyncLinks.State.STOPPED;
        }
        // one that is switched on without a worker may get it back at any moment
        return look.working(database, direction) ? SyncLinks.State.RUNNING : SyncLinks.State.UNKNOWN;
    }

    private static SyncSample sample(SyncPosition sync) {
        return new SyncSample(
                position(sync.applied()),
                sync.lag()
                        .<Lag>map(Lag.Known::new)
                        .orElseGet(() -> new Lag.Unknown("the target is further behind than the platform remembers")),
                sync.sampledAt());
    }

    private static Position position(Lsn lsn) {
        return new Position(lsn.value(), lsn.toString());
    }

    static PrecheckItem item(Finding finding) {
        PrecheckItem.Severity severity = switch (finding.severity()) {
            case PASSED -> PrecheckItem.Severity.PASSED;
            case WARNING -> PrecheckItem.Severity.WARNING;
            case BLOCKING -> PrecheckItem.Severity.BLOCKING;
        };
        return new PrecheckItem(finding.id(), severity, finding.message(), finding.remedy());
    }

    private static ObjectItem item(ObjectState object) {
        ObjectItem.State state = switch (object.going()) {
            case PENDING -> ObjectItem.State.PENDING;
            case DONE -> ObjectItem.State.DONE;
            case FAILED -> ObjectItem.State.FAILED;
        };
        return new ObjectItem(object.id(), object.description(), state, object.message());
    }
}
