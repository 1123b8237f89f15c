package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.control.TaskStore;
import io.omsbatch.examples.postgres.precheck.Finding;
import io.omsbatch.examples.postgres.precheck.Precheck;
import io.omsbatch.examples.postgres.task.Part;
import io.omsbatch.examples.postgres.task.TaskRecord;
import java.util.List;
import java.util.Optional;

/** Finds out whether a database could be switched over; only looks. */
public final class SwitchoverPrecheck {
    private final Servers servers;
    private final TaskStore store;

    /** Looks on both servers. */
    public SwitchoverPrecheck(Servers servers, TaskStore store) {
        this.servers = servers;
        this.store = store;
    }

    /** What is found. */
    public List<Finding> of(TaskRecord task) {
        return new Precheck(servers.source(), servers.target(), task.id())
                .beforeSwitchover(
                        task.has(Part.REVERSE),
                        linksBackToCome(),
                        task.has(Part.INCREMENTAL),
                        task.has(Part.INCREMENTAL) ? CatchUp.lag(servers, task.id()) : Optional.empty());
    }

    private int linksBackToCome() {
        return (int) store.all().stream()
                .filter(task -> task.has(Part.REVERSE) && task.state().switchover() != null)
                .filter(task -> task.links().storeStart() == null)
                .count();
    }
}
