package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.cutover.Door;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.replication.Link;
import io.omsbatch.examples.postgres.schema.SchemaCopy;
import io.omsbatch.examples.postgres.schema.Table;
import io.omsbatch.examples.postgres.task.Going;
import io.omsbatch.examples.postgres.task.Part;
import io.omsbatch.examples.postgres.task.Stage;
import io.omsbatch.examples.postgres.task.TaskRecord;
import java.time.Duration;

/** The stages from the tables to the following of changes. */
final class StageWork {
    private static final Duration CAUGHT_UP = Duration.ofSeconds(2);

    private final Servers servers;

    StageWork(Servers servers) {
        this.servers = servers;
    }

    /** Tables for the rows, in a database that the application cannot enter before the switchover. */
    TaskRecord schema(TaskRecord task) {
        servers.target().createDatabase(task.id());
        new Door(servers.target(), task.id()).shut();
        try (Session from = servers.source().open(task.id());
                Session to = servers.target().open(task.id())) {
            SchemaCopy.copy(from, to);
        }
        return next(task);
    }

    TaskRecord full(TaskRecord task) {
        Link link = servers.link(task.id(), Direction.FORWARD);
        if (!task.links().forward()) {
            connect(link, task, true);
            return task.with(task.links().with(Direction.FORWARD, true));
        }
        if (!link.initialCopy().done()) {
            return task;
        }
        if (task.has(Part.INCREMENTAL)) {
            return next(task);
        }
        link.remove();
        return next(task.with(task.links().with(Direction.FORWARD, false)));
    }

    TaskRecord incremental(TaskRecord task) {
        if (!task.links().forward()) {
            connect(servers.link(task.id(), Direction.FORWARD), task, false);
            return task.with(task.links().with(Direction.FORWARD, true));
        }
        boolean caughtUp = servers.recentLook()
                .sync(task.id(), Direction.FORWARD)
                .flatMap(position -> position.lag())
                .filter(lag -> lag.compareTo(CAUGHT_UP) <= 0)
                .isPresent();
        return caughtUp ? next(task) : task;
    }

    private void connect(Link link, TaskRecord task, boolean copy) {
        try (Session from = servers.source().open(task.id())) {
            link.publish(Table.all(from).stream().map(Table::name).toList());
        }
        link.subscribe(copy);
        link.awaitWorker();
    }

    /** Into the next stage, or to the end of this one if the switchover is what follows. */
    static TaskRecord next(TaskRecord task) {
        Stage stage = task.state().stage();
        Going end = stage == Stage.INCREMENTAL ? Going.MONITORING : Going.FINISHED;
        return task.with(stage.next(task.parts())
                .map(next -> task.state().at(next, Going.RUNNING))
                .orElseGet(() -> task.state().at(stage, end)));
    }
}
