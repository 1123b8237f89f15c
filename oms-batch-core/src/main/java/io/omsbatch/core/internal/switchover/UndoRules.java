package io.omsbatch.core.internal.switchover;

import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.internal.durable.Settlement;
import io.omsbatch.core.internal.step.Mirror;
import io.omsbatch.core.internal.step.Readiness;
import io.omsbatch.core.internal.step.StepView;
import java.util.Objects;

/** When each step may be taken back, and what must be seen for it to be undone (SW-8). Decides by values alone. */
final class UndoRules {

    private UndoRules() {}

    static Readiness readiness(StepView entry, SwitchoverSnapshot snapshot) {
        SwitchoverStep step = step(entry);
        SyncLinks links = snapshot.links();
        // a step that failed half-way may have left what no look shows, so it is taken back by a command in any case
        if (entry.attempt() > 0 && undone(step, snapshot)) {
            return Readiness.over();
        }
        boolean startsForward = links.forward() != SyncLinks.State.RUNNING && hasAhead(entry);
        if (startsForward && links.targetWrites() != SyncLinks.TargetWrites.NONE) {
            return Readiness.fail(Mirror.problem(
                    entry.direction(),
                    ProblemCode.TARGET_WRITTEN,
                    links.targetWrites() == SyncLinks.TargetWrites.SEEN
                            ? "the application wrote to the target"
                            : "nobody can tell whether the application wrote to the target"));
        }
        boolean freesSource = step == SwitchoverStep.CONFIRM_WRITES_STOPPED;
        return freesSource && links.forward() != SyncLinks.State.RUNNING
                ? Readiness.fail(Mirror.problem(
                        entry.direction(),
                        ProblemCode.FORWARD_NOT_RUNNING,
                        "the forward sync is %s; what is written to the source would not be carried over",
                        links.forward()))
                : Readiness.go();
    }

    /** Whether the forward sync is still to be started again; asked before anything else is undone, because after it there is no way on. */
    private static boolean hasAhead(StepView entry) {
        return entry
                .rows()
                .subList(entry.rows().indexOf(entry.row()), entry.rows().size())
                .stream()
                .anyMatch(row -> row.step() == SwitchoverStep.STOP_FORWARD_SYNC);
    }

    static Settlement settlement(StepView entry, SwitchoverSnapshot snapshot) {
        SwitchoverStep step = step(entry);
        SyncLinks links = snapshot.links();
        if (undone(step, snapshot)) {
            return Settlement.wanted();
        }
        // the problem of what was tried before is gone once the command is taken; one that may not have come says
        // nothing
        Problem problem = entry.ambiguous() ? null : snapshot.problem();
        return problem != null
                ? Settlement.failed(problem)
                : Settlement.going(
                        "the platform shows " + snapshot.progress()
                                + entry.direction().mirror(", forward ") + links.forward()
                                + entry.direction().mirror(", reverse ") + links.reverse()
                                + entry.direction().mirror(", target store ")
                                + (links.storeStart() == null ? "absent" : "present")
                                + entry.direction().mirror(", source ") + links.sourceGuard()
                                + (snapshot.stopPoint() == null ? "" : ", with a stop point"),
                        true);
    }

    private static boolean undone(SwitchoverStep step, SwitchoverSnapshot snapshot) {
        SyncLinks links = snapshot.links();
        return switch (step) {
            case START_TARGET_STORE ->
                links.storeStart() == null && links.reverse() == SyncLinks.State.ABSENT && isBefore(step, snapshot);
            case CONFIRM_WRITES_STOPPED ->
                snapshot.stopPoint() == null && links.sourceFree() && isBefore(step, snapshot);
            case STOP_FORWARD_SYNC -> links.forward() == SyncLinks.State.RUNNING && isBefore(step, snapshot);
            case START_FORWARD_SWITCHOVER,
                    SWITCHOVER_PRECHECK,
                    CONFIRM_SYNC_TIMESTAMP,
                    PROCESS_DATABASE_OBJECTS,
                    START_REVERSE_INCREMENT,
                    UNRECOGNIZED -> isBefore(step, snapshot);
        };
    }

    private static boolean isBefore(SwitchoverStep step, SwitchoverSnapshot snapshot) {
        SwitchoverProgress progress = snapshot.progress();
        return progress.step().compareTo(step) < 0
                || (progress.step() == step && progress.state() == SwitchoverProgress.State.WAITING);
    }

    private static SwitchoverStep step(StepView entry) {
        return Objects.requireNonNull(entry.row().step(), "only a switchover is undone");
    }
}
