package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.control.Notes;
import io.omsbatch.examples.postgres.cutover.DatabaseObjects;
import io.omsbatch.examples.postgres.cutover.Door;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.replication.Link;
import io.omsbatch.examples.postgres.task.Step;
import io.omsbatch.examples.postgres.task.StepRules;
import io.omsbatch.examples.postgres.task.TaskRecord;

/** What takes the steps of the switchover back. */
final class UndoWork {
    private final Servers servers;
    private final Notes notes;

    UndoWork(Servers servers, Notes notes) {
        this.servers = servers;
        this.notes = notes;
    }

    /** Takes one step back. */
    TaskRecord takeBack(TaskRecord task, Step step) {
        TaskRecord after = switch (step) {
            case START, PRECHECK, CAUGHT_UP -> task;
            case TARGET_STORE -> releaseTarget(task);
            case WRITES_STOPPED -> giveSourceBack(task);
            case FORWARD_STOPPED -> startForward(task);
            case OBJECTS -> removeObjects(task);
            case REVERSE_STARTED ->
                throw Problem.of("PAST_RETURN", "rows of task " + task.id() + " flow back", "go forward")
                        .asFailure();
        };
        return StepRules.undone(after, step);
    }

    private TaskRecord releaseTarget(TaskRecord task) {
        servers.link(task.id(), Direction.REVERSE).remove();
        return task.with(task.links().withStoreStart(null));
    }

    private TaskRecord giveSourceBack(TaskRecord task) {
        new Door(servers.source(), task.id()).open();
        return task.with(task.links().withStop(null));
    }

    /** Rows that somebody else wrote to the target would be overwritten, or stop the link for good. */
    private TaskRecord startForward(TaskRecord task) {
        boolean shut = new Door(servers.target(), task.id()).isShut();
        if (!shut || servers.link(task.id(), Direction.REVERSE).hasChanges()) {
            throw Problem.of(
                            "TARGET_WRITTEN",
                            shut
                                    ? "somebody wrote to database " + task.id() + " on the target"
                                    : "database " + task.id()
                                            + " is open on the target, so somebody may have written to it",
                            "find out who; go forward, or repair the target by hand")
                    .asFailure();
        }
        Link forward = servers.link(task.id(), Direction.FORWARD);
        forward.enable();
        return task.with(task.links().withForward(true));
    }

    private TaskRecord removeObjects(TaskRecord task) {
        DatabaseObjects objects = new DatabaseObjects(servers.source(), servers.target(), task.id());
        objects.remove();
        notes.objects(task.id(), objects.pending());
        return task;
    }
}
