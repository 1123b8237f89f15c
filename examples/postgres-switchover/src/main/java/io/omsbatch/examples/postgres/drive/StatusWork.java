package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.control.Notes;
import io.omsbatch.examples.postgres.precheck.Finding;
import io.omsbatch.examples.postgres.precheck.Precheck;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.task.Going;
import io.omsbatch.examples.postgres.task.Links;
import io.omsbatch.examples.postgres.task.Stage;
import io.omsbatch.examples.postgres.task.Status;
import io.omsbatch.examples.postgres.task.TaskRecord;
import io.omsbatch.examples.postgres.task.TaskState;
import java.util.List;

/** Starting, stopping, resuming and ending: what is asked of a task as a whole. */
final class StatusWork {
    private final Servers servers;
    private final Notes notes;

    StatusWork(Servers servers, Notes notes) {
        this.servers = servers;
        this.notes = notes;
    }

    /** Running is what nothing stands in the way of. */
    TaskRecord start(TaskRecord task) {
        List<Finding> findings = new Precheck(servers.source(), servers.target(), task.id()).beforeStart(1);
        notes.findings(task.id(), findings);
        Findings.refuseIfBlocking(task.id(), findings);
        return StageWork.next(task.with(task.state().with(Status.RUNNING)));
    }

    /** Stopped is what has no worker any more. */
    TaskRecord stop(TaskRecord task) {
        servers.link(task.id(), Direction.FORWARD).disable();
        servers.link(task.id(), Direction.REVERSE).disable();
        return task.with(task.state().with(Status.STOPPED));
    }

    /** Running is what has its worker back. Only what was meant to flow flows again, so never both directions. */
    TaskRecord resume(TaskRecord task) {
        if (task.state().stage() == Stage.PRECHECK) {
            return start(task);
        }
        if (task.links().forward()) {
            servers.link(task.id(), Direction.FORWARD).enable();
        }
        if (task.links().reverse()) {
            servers.link(task.id(), Direction.REVERSE).enable();
        }
        TaskState state = task.state().with(Status.RUNNING);
        return task.with(state.going() == Going.FAILED ? state.at(state.stage(), Going.RUNNING) : state);
    }

    /** Ended is what has nothing left on either server. */
    TaskRecord end(TaskRecord task) {
        for (Direction direction : Direction.values()) {
            if (!servers.link(task.id(), direction).gone()) {
                servers.link(task.id(), direction).remove();
            }
        }
        Links left = task.links();
        return task.with(new Links(false, false, null, left.stop()))
                .with(task.state().with(Status.ENDED));
    }
}
