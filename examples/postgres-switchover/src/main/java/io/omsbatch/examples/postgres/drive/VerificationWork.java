package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.control.Notes;
import io.omsbatch.examples.postgres.control.TaskStore;
import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.task.Going;
import io.omsbatch.examples.postgres.task.Part;
import io.omsbatch.examples.postgres.task.Stage;
import io.omsbatch.examples.postgres.task.TaskRecord;
import io.omsbatch.examples.postgres.verify.FullVerification;
import io.omsbatch.examples.postgres.verify.VerificationResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The comparison of all rows. */
final class VerificationWork {
    private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(60);

    private final Servers servers;
    private final TaskStore store;
    private final Notes notes;

    VerificationWork(Servers servers, TaskStore store, Notes notes) {
        this.notes = notes;
        this.servers = servers;
        this.store = store;
    }

    TaskRecord verify(TaskRecord task) {
        VerificationResult result = new FullVerification(servers.source(), servers.target(), task.id())
                .whileWritten(catchUp(task), () -> stillWanted(task));
        if (!result.matches()) {
            throw Problem.of(
                            "ROWS_DIFFER",
                            "task " + task.id() + ": " + result.differences(),
                            "repair these rows on the target and resume, or skip the verification")
                    .asFailure();
        }
        notes.verified(task.id());
        return task.with(task.state().at(Stage.VERIFICATION, Going.FINISHED));
    }

    /** A task that follows no changes has nothing to catch up with. */
    private Consumer<Lsn> catchUp(TaskRecord task) {
        return task.has(Part.INCREMENTAL)
                ? position -> CatchUp.awaitVisible(
                        servers, new CatchUp.Ref(task.id(), Direction.FORWARD), position, CATCH_UP_LIMIT)
                : position -> {};
    }

    private boolean stillWanted(TaskRecord task) {
        return store.read(List.of(task.id())).stream()
                .anyMatch(now -> now.state().equals(task.state()));
    }
}
