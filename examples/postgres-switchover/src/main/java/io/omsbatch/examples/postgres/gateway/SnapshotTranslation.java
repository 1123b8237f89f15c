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
import io.omsbatch.examples.postgres.task.TaskState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of a task in its switchover, as a snapshot of the library: told from the side that the application leaves. */
final class SnapshotTranslation {

    private SnapshotTranslation() {}

    static SwitchoverSnapshot snapshot(TaskNotes notes, @Nullable Look look) {
        TaskRecord task = notes.task();
        Links.StopMark stop = task.links().stop();
        Lsn storeStart = task.links().storeStart();
        TaskState.AtStep at = Objects.requireNonNull(task.state().switchover());
        Direction leading = at.leading();
        return SwitchoverSnapshot.at(TaskTranslation.progress(at))
                .withLinks(new SyncLinks(
                        link(look, task.id(), leading),
                        link(look, task.id(), leading.opposite()),
                        storeStart == null ? null : position(storeStart),
                        targetWrites(look, task.id(), leading),
                        sourceGuard(look, task.id(), leading)))
                .withStopPoint(stop == null ? null : new StopPoint(position(stop.position()), stop.at()))
                .withSync(
                        look == null
                                ? null
                                : look.sync(task.id(), leading)
                                        .map(SnapshotTranslation::sample)
                                        .orElse(null))
                .withPrecheck(
                        notes.findings().stream().map(SnapshotTranslation::item).toList())
                .withObjects(
                        notes.objects().stream().map(SnapshotTranslation::item).toList())
                .withEvidence(new CutEvidence(
                        notes.verifiedAt(), whyNoWayBack(look, task, leading.opposite()), notes.switchedAt()))
                .withProblem(task.problem() == null ? null : Failures.problem(task.problem()));
    }

    /**
     * The way back reads from a slot on the side that is entered, through a subscription that was made when the target store was started,
     * which proved that the one side can reach the other.
     */
    private static @Nullable Problem whyNoWayBack(@Nullable Look look, TaskRecord task, Direction back) {
        if (look == null || task.links().storeStart() == null || task.links().flow(back)) {
            return null;
        }
        SlotState slot = look.slot(task.id(), back);
        if (slot == null || slot.lost()) {
            return noWayBack(
                    "REVERSE_SLOT_LOST",
                    "the slot that holds the changes for the way back of " + task.id()
                            + (slot == null ? " is gone" : " has lost its log"));
        }
        return look.subscription(task.id(), back) == null
                ? noWayBack("REVERSE_NOT_PREPARED", "the subscription for the way back of " + task.id() + " is gone")
                : null;
    }

    private static Problem noWayBack(String code, String message) {
        return new Problem(code, message, "abort the task, then switch it over again", false);
    }

    /** Nobody but superusers and the replication can come into a database whose door is shut. */
    private static SyncLinks.TargetWrites targetWrites(@Nullable Look look, String database, Direction leading) {
        return look == null || look.openWhereBegins(database, leading.opposite())
                ? SyncLinks.TargetWrites.UNKNOWN
                : SyncLinks.TargetWrites.NONE;
    }

    private static SyncLinks.SourceGuard sourceGuard(@Nullable Look look, String database, Direction leading) {
        if (look == null) {
            return SyncLinks.SourceGuard.UNKNOWN;
        }
        return look.openWhereBegins(database, leading) ? SyncLinks.SourceGuard.OPEN : SyncLinks.SourceGuard.SHUT;
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
