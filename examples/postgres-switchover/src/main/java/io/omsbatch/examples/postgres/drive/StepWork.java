package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.control.Notes;
import io.omsbatch.examples.postgres.control.TaskStore;
import io.omsbatch.examples.postgres.cutover.DatabaseObjects;
import io.omsbatch.examples.postgres.cutover.ObjectState;
import io.omsbatch.examples.postgres.cutover.WriteStop;
import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.precheck.Finding;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.replication.Link;
import io.omsbatch.examples.postgres.schema.Table;
import io.omsbatch.examples.postgres.task.Links;
import io.omsbatch.examples.postgres.task.Step;
import io.omsbatch.examples.postgres.task.StepRules;
import io.omsbatch.examples.postgres.task.TaskRecord;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The steps of a switchover, forward or back: rows flow in the leading direction until it ends that. */
final class StepWork {
    private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(10);

    private final Servers servers;
    private final SwitchoverPrecheck precheck;
    private final Notes notes;

    StepWork(Servers servers, TaskStore store, Notes notes) {
        this.servers = servers;
        this.precheck = new SwitchoverPrecheck(servers, store);
        this.notes = notes;
    }

    /** Carries one step out. */
    TaskRecord carryOut(TaskRecord task, Step step) {
        TaskRecord after = switch (step) {
            case START -> task;
            case PRECHECK -> precheck(task);
            case TARGET_STORE -> reserveTarget(task);
            case WRITES_STOPPED -> stopWrites(task);
            case CAUGHT_UP -> confirmCaughtUp(task);
            case FORWARD_STOPPED -> stopForward(task);
            case OBJECTS -> processObjects(task);
            case REVERSE_STARTED -> startReverse(task);
        };
        return StepRules.over(after, step);
    }

    private TaskRecord precheck(TaskRecord task) {
        List<Finding> findings = precheck.of(task);
        notes.findings(task.id(), findings);
        Findings.refuseIfBlocking(task.id(), findings);
        return task;
    }

    private TaskRecord reserveTarget(TaskRecord task) {
        Direction leading = task.state().leading();
        try (Session to = servers.endOf(leading).open(task.id())) {
            Link wayBack = servers.link(task.id(), leading.opposite());
            Lsn start = wayBack.publish(Table.all(to).stream().map(Table::name).toList());
            // the side that is left has to reach the other one before it is frozen, not after
            wayBack.prepare();
            notes.objects(task.id(), objects(task).pending(List.of()));
            return task.with(task.links().withStoreStart(start));
        }
    }

    private TaskRecord stopWrites(TaskRecord task) {
        Lsn position = new WriteStop(servers.beginOf(task.state().leading()), task.id()).confirm();
        return task.with(task.links()
                .withStop(new Links.StopMark(position, servers.clock().instant())));
    }

    private TaskRecord confirmCaughtUp(TaskRecord task) {
        Links.StopMark stop = task.links().stop();
        if (stop == null) {
            throw Problem.of(
                            "NO_WRITE_STOP",
                            "task " + task.id() + " has no write stop to catch up with",
                            "confirm that writing has stopped first")
                    .asFailure();
        }
        CatchUp.awaitApplied(
                servers, new CatchUp.Ref(task.id(), task.state().leading()), stop.position(), CATCH_UP_LIMIT);
        return task;
    }

    private TaskRecord stopForward(TaskRecord task) {
        Direction leading = task.state().leading();
        servers.link(task.id(), leading).disable();
        notes.objects(task.id(), objects(task).pending(notes.objects(task.id())));
        return task.with(task.links().with(leading, false));
    }

    private TaskRecord processObjects(TaskRecord task) {
        DatabaseObjects work = objects(task);
        List<ObjectState> pending = work.pending(notes.objects(task.id()));
        notes.objects(task.id(), pending);
        List<ObjectState> objects = work.process(pending);
        notes.objects(task.id(), objects);
        String failed = objects.stream()
                .filter(object -> object.going() == ObjectState.Going.FAILED)
                .map(object -> object.id() + ": " + object.message())
                .collect(Collectors.joining("; "));
        if (!failed.isEmpty()) {
            throw Problem.of("OBJECTS_FAILED", failed, "repair them on the target, then repeat")
                    .asFailure();
        }
        return task;
    }

    private TaskRecord startReverse(TaskRecord task) {
        Direction leading = task.state().leading();
        if (!servers.look().quiet(task.id(), leading)) {
            throw Driver.stillFlowing(task.id()).asFailure();
        }
        Link wayBack = servers.link(task.id(), leading.opposite());
        wayBack.prepare();
        wayBack.enable();
        // past the point of no return nobody needs it, and its slot would keep the log for ever
        servers.link(task.id(), leading).remove();
        notes.roundOver(task.id());
        return task.with(task.links().with(leading, false).with(leading.opposite(), true));
    }

    private DatabaseObjects objects(TaskRecord task) {
        Direction leading = task.state().leading();
        return new DatabaseObjects(servers.beginOf(leading), servers.endOf(leading), task.id());
    }
}
