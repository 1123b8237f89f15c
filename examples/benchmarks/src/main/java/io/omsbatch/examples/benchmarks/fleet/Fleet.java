package io.omsbatch.examples.benchmarks.fleet;

import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;

/** Running tasks, and what they are when they are stopped: made once, so that the platform itself costs nothing. */
public final class Fleet {

    private static final String PLATFORM = "fleet";
    private static final StageProgress FOLLOWING =
            new StageProgress(Stage.INCREMENTAL_SYNC, StageProgress.State.MONITORING);

    private final List<TaskRef> refs;
    private final MigrationTask[] running;
    private final MigrationTask[] stopped;

    /**
     * Makes tasks.
     *
     * @param tasks how many
     */
    public Fleet(int tasks) {
        refs = new ArrayList<>(tasks);
        running = new MigrationTask[tasks];
        stopped = new MigrationTask[tasks];
        for (int i = 0; i < tasks; i++) {
            TaskRef ref = ref(i);
            refs.add(ref);
            running[i] = task(ref, TaskStatus.RUNNING);
            stopped[i] = task(ref, TaskStatus.STOPPED);
        }
    }

    private static TaskRef ref(int number) {
        return new TaskRef(PLATFORM, "t" + number);
    }

    /** Makes a task anew, its identity included. */
    static MigrationTask anew(int number, boolean isStopped) {
        return task(ref(number), isStopped ? TaskStatus.STOPPED : TaskStatus.RUNNING);
    }

    private static MigrationTask task(TaskRef ref, TaskStatus status) {
        return MigrationTask.builder(ref)
                .status(status)
                .stage(FOLLOWING.stage(), FOLLOWING.state())
                .build();
    }

    /**
     * Returns the number of a task, which its id tells.
     *
     * @param ref the task
     * @return its number, from 0
     */
    public static int number(TaskRef ref) {
        return Integer.parseInt(ref.id(), 1, ref.id().length(), 10);
    }

    /** Returns the identities of the tasks, by number. */
    public List<TaskRef> refs() {
        return refs;
    }

    /**
     * Returns a task as it is, or will be.
     *
     * @param number its number
     * @param isStopped whether it is stopped
     * @return the task
     */
    MigrationTask task(int number, boolean isStopped) {
        return isStopped ? stopped[number] : running[number];
    }
}
