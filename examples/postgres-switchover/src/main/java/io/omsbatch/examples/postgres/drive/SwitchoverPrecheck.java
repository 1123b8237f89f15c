package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.control.TaskStore;
import io.omsbatch.examples.postgres.precheck.Finding;
import io.omsbatch.examples.postgres.precheck.Precheck;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.task.Part;
import io.omsbatch.examples.postgres.task.TaskRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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
        Direction leading = task.state().leading();
        boolean following = task.has(part(leading));
        return new Precheck(servers.beginOf(leading), servers.endOf(leading), task.id())
                .beforeSwitchover(
                        leading,
                        task.has(part(leading.opposite()))
                                ? OptionalInt.of(linksBackToCome(leading))
                                : OptionalInt.empty(),
                        following,
                        following ? CatchUp.lag(servers, new CatchUp.Ref(task.id(), leading)) : Optional.empty());
    }

    private int linksBackToCome(Direction leading) {
        return (int) store.all().stream()
                .filter(task -> task.state().switching() && task.state().leading() == leading)
                .filter(task ->
                        task.has(part(leading.opposite())) && task.links().storeStart() == null)
                .count();
    }

    private static Part part(Direction direction) {
        return direction == Direction.FORWARD ? Part.INCREMENTAL : Part.REVERSE;
    }
}
