package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.control.Notes;
import io.omsbatch.examples.postgres.control.TaskStore;
import io.omsbatch.examples.postgres.task.Going;
import io.omsbatch.examples.postgres.task.Stage;
import io.omsbatch.examples.postgres.task.Status;
import io.omsbatch.examples.postgres.task.Step;
import io.omsbatch.examples.postgres.task.TaskRecord;
import io.omsbatch.examples.postgres.task.TaskState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What is to be done for a task, by its state alone. */
final class WorkList {
    private final Map<Status, Work> byStatus = new EnumMap<>(Status.class);
    private final Map<Stage, Work> byStage = new EnumMap<>(Stage.class);
    private final StepWork steps;
    private final UndoWork undos;

    WorkList(Servers servers, TaskStore store, Notes notes) {
        StatusWork status = new StatusWork(servers, notes);
        byStatus.put(Status.STARTING, status::start);
        byStatus.put(Status.STOPPING, status::stop);
        byStatus.put(Status.RESUMING, status::resume);
        byStatus.put(Status.ENDING, status::end);
        StageWork stages = new StageWork(servers);
        byStage.put(Stage.SCHEMA, stages::schema);
        byStage.put(Stage.FULL, stages::full);
        byStage.put(Stage.INCREMENTAL, stages::incremental);
        byStage.put(Stage.VERIFICATION, new VerificationWork(servers, store, notes)::verify);
        steps = new StepWork(servers, store, notes);
        undos = new UndoWork(servers, notes);
    }

    Optional<Work> find(TaskRecord task) {
        TaskState state = task.state();
        if (state.status() != Status.RUNNING) {
            return Optional.ofNullable(byStatus.get(state.status()));
        }
        TaskState.AtStep at = state.switchover();
        if (at != null) {
            Step undo = at.undo();
            if (undo != null) {
                return Optional.of(now -> undos.takeBack(now, undo));
            }
            Step step = at.step();
            if (at.going() == Going.RUNNING) {
                return Optional.of(now -> steps.carryOut(now, step));
            }
        }
        return state.going() == Going.RUNNING ? Optional.ofNullable(byStage.get(state.stage())) : Optional.empty();
    }

    /** The task after its work failed: what was to be taken back is still there, the step that it is at failed, or else the whole task. */
    static TaskState failed(TaskState state) {
        TaskState.AtStep at = state.switchover();
        if (state.status() == Status.RUNNING && at != null && at.undo() != null) {
            return state.undoing(null);
        }
        if (state.status() == Status.RUNNING && at != null && at.going() == Going.RUNNING) {
            return state.at(at.step(), Going.FAILED);
        }
        TaskState failed = state.with(Status.FAILED);
        return state.going() == Going.RUNNING ? failed.at(state.stage(), Going.FAILED) : failed;
    }
}
