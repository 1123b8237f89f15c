package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.control.Notes;
import io.omsbatch.examples.postgres.cutover.DatabaseObjects;
import io.omsbatch.examples.postgres.cutover.Door;
import io.omsbatch.examples.postgres.cutover.ObjectState;
import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.task.Step;
import io.omsbatch.examples.postgres.task.StepRules;
import io.omsbatch.examples.postgres.task.TaskRecord;
import java.util.List;

/** What takes the steps of a switchover back, forward or back. */
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
        servers.link(task.id(), task.state().leading().opposite()).remove();
        return task.with(task.links().withStoreStart(null));
    }

    private TaskRecord giveSourceBack(TaskRecord task) {
        new Door(servers.beginOf(task.state().leading()), task.id()).open();
        return task.with(task.links().withStop(null));
    }

    /** Rows that somebody else wrote to the side that was to be entered would be overwritten, or stop the link for good. */
    private TaskRecord startForward(TaskRecord task) {
        Direction leading = task.state().leading();
        Databases entered = servers.endOf(leading);
        boolean shut = new Door(entered, task.id()).isShut();
        if (!shut || servers.link(task.id(), leading.opposite()).hasChanges()) {
            throw Problem.of(
                            "TARGET_WRITTEN",
                            shut
                                    ? "somebody wrote to database " + task.id() + " on " + entered.address()
                                    : "database " + task.id() + " is open on " + entered.address()
                                            + ", so somebody may have written to it",
                            "find out who; go forward, or repair that database by hand")
                    .asFailure();
        }
        servers.link(task.id(), leading).enable();
        return task.with(task.links().with(leading, true));
    }

    private TaskRecord removeObjects(TaskRecord task) {
        Direction leading = task.state().leading();
        DatabaseObjects objects = new DatabaseObjects(servers.beginOf(leading), servers.endOf(leading), task.id());
        List<ObjectState> noted = notes.objects(task.id());
        objects.remove(noted);
        notes.objects(task.id(), objects.pending(noted));
        return task;
    }
}
