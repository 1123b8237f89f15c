package io.omsbatch.api.switchover;

import io.omsbatch.api.Limits;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.task.SwitchoverProgress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a platform observes of one task in its switchover, told from the side that the application leaves: in a switch back source and
 * target change places ({@link io.omsbatch.api.task.SwitchoverDirection}). Begin with {@link #at} and add what is known. Immutable.
 *
 * @param progress the step at which the task stands
 * @param links the two directions of synchronisation
 * @param stopPoint the write stop, or null before it was confirmed
 * @param sync the newest sample of the forward sync, or null if there is none
 * @param precheck the findings of the last precheck; at most 1 000 are kept
 * @param objects the database objects of step 7; at most 1 000 are kept
 * @param evidence what must be known before the application changes sides
 * @param problem why the current step failed, or null if it did not
 * @since 0.1.0
 */
public record SwitchoverSnapshot(
        SwitchoverProgress progress,
        SyncLinks links,
        @Nullable StopPoint stopPoint,
        @Nullable SyncSample sync,
        List<PrecheckItem> precheck,
        List<ObjectItem> objects,
        CutEvidence evidence,
        @Nullable Problem problem) {

    /** Copies the lists. */
    public SwitchoverSnapshot {
        Objects.requireNonNull(progress, "SwitchoverSnapshot.progress");
        Objects.requireNonNull(links, "SwitchoverSnapshot.links");
        Objects.requireNonNull(precheck, "SwitchoverSnapshot.precheck");
        Objects.requireNonNull(objects, "SwitchoverSnapshot.objects");
        Objects.requireNonNull(evidence, "SwitchoverSnapshot.evidence");
        precheck = shortened("SwitchoverSnapshot.precheck", precheck);
        objects = shortened("SwitchoverSnapshot.objects", objects);
    }

    private static <T> List<T> shortened(String field, List<T> items) {
        List<T> kept = items.subList(0, Math.min(items.size(), Limits.ITEMS));
        Limits.noNull(field, kept);
        return List.copyOf(kept);
    }

    /**
     * Returns a snapshot of which only the step is known.
     *
     * @param progress the step at which the task stands
     * @return the snapshot
     */
    public static SwitchoverSnapshot at(SwitchoverProgress progress) {
        return new SwitchoverSnapshot(
                progress, SyncLinks.unknown(), null, null, List.of(), List.of(), CutEvidence.none(), null);
    }

    /**
     * Returns this snapshot with the two directions.
     *
     * @param value the directions as observed
     * @return the fuller snapshot
     */
    public SwitchoverSnapshot withLinks(SyncLinks value) {
        return new SwitchoverSnapshot(progress, value, stopPoint, sync, precheck, objects, evidence, problem);
    }

    /**
     * Returns this snapshot with the write stop.
     *
     * @param value the write stop, or null if there is none
     * @return the fuller snapshot
     */
    public SwitchoverSnapshot withStopPoint(@Nullable StopPoint value) {
        return new SwitchoverSnapshot(progress, links, value, sync, precheck, objects, evidence, problem);
    }

    /**
     * Returns this snapshot with a sample of the forward sync.
     *
     * @param value the newest sample, or null if there is none
     * @return the fuller snapshot
     */
    public SwitchoverSnapshot withSync(@Nullable SyncSample value) {
        return new SwitchoverSnapshot(progress, links, stopPoint, value, precheck, objects, evidence, problem);
    }

    /**
     * Returns this snapshot with precheck findings.
     *
     * @param value the findings
     * @return the fuller snapshot
     */
    public SwitchoverSnapshot withPrecheck(List<PrecheckItem> value) {
        return new SwitchoverSnapshot(progress, links, stopPoint, sync, value, objects, evidence, problem);
    }

    /**
     * Returns this snapshot with the database objects of step 7.
     *
     * @param value the objects
     * @return the fuller snapshot
     */
    public SwitchoverSnapshot withObjects(List<ObjectItem> value) {
        return new SwitchoverSnapshot(progress, links, stopPoint, sync, precheck, value, evidence, problem);
    }

    /**
     * Returns this snapshot with what must be known before the application changes sides.
     *
     * @param value what is known
     * @return the fuller snapshot
     */
    public SwitchoverSnapshot withEvidence(CutEvidence value) {
        return new SwitchoverSnapshot(progress, links, stopPoint, sync, precheck, objects, value, problem);
    }

    /**
     * Returns this snapshot with the failure of its current step.
     *
     * @param value why it failed, or null
     * @return the fuller snapshot
     */
    public SwitchoverSnapshot withProblem(@Nullable Problem value) {
        return new SwitchoverSnapshot(progress, links, stopPoint, sync, precheck, objects, evidence, value);
    }

    /** Returns the findings that block the switchover. */
    public List<PrecheckItem> blocking() {
        return precheck.stream()
                .filter(item -> item.severity() == PrecheckItem.Severity.BLOCKING)
                .toList();
    }
}
