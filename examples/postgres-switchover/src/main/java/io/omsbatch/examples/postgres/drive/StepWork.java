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

/** The steps of the switchover. */
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
        try (Session to = servers.target().open(task.id())) {
            Lsn start = servers.link(task.id(), Direction.REVERSE)
                    .publish(Table.all(to).stream().map(Table::name).toList());
            notes.objects(task.id(), objects(task).pending());
            return task.with(task.links().withStoreStart(start));
        }
    }

    private TaskRecord stopWrites(TaskRecord task) {
        Lsn position = new WriteStop(servers.source(), task.id()).confirm();
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
        CatchUp.awaitApplied(servers, task.id(), stop.position(), CATCH_UP_LIMIT);
        return task;
    }

    private TaskRecord stopForward(TaskRecord task) {
        servers.link(task.id(), Direction.FORWARD).disable();
        notes.objects(task.id(), objects(task).pending());
        return task.with(task.links().withForward(false));
    }

    private TaskRecord processObjects(TaskRecord task) {
        List<ObjectState> objects = objects(task).process();
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
        if (!servers.look().quiet(task.id(), Direction.FORWARD)) {
            throw Driver.forwardNotQuiet(task.id()).asFailure();
        }
        Link reverse = servers.link(task.id(), Direction.REVERSE);
        reverse.subscribe(false);
        reverse.awaitWorker();
        return task.with(task.links().withForward(false).withReverse(true));
    }

    private DatabaseObjects objects(TaskRecord task) {
        return new DatabaseObjects(servers.source(), servers.target(), task.id());
    }
}
