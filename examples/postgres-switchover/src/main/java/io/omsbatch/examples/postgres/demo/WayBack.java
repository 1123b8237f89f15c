package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.postgres.show.Stopwatch;
import io.omsbatch.examples.postgres.show.Terminal;
import java.util.List;
import java.util.Optional;

/**
 * The way of a fleet from its target back to its source, once it was switched over. As with {@link Journey}, each part is done for those
 * tasks that have it still before them. For one thread.
 */
final class WayBack {
    private static final int MOST_TASKS = 1_000;

    private final BatchEngine engine;
    private final Batches batches;
    private final Course course;
    private final Saboteur nobody;
    private final Terminal terminal;
    private final Stopwatch watch;

    WayBack(BatchEngine engine, Batches batches, Course course, Saboteur nobody, Terminal terminal, Stopwatch watch) {
        this.nobody = nobody;
        this.engine = engine;
        this.batches = batches;
        this.course = course;
        this.terminal = terminal;
        this.watch = watch;
    }

    /** Takes all back; says whether all got there. */
    boolean travel() throws InterruptedException {
        return enter() && switchBack();
    }

    private boolean enter() throws InterruptedException {
        List<TaskRef> over = in(Stage.REVERSE_INCREMENT);
        if (over.isEmpty()) {
            return true;
        }
        terminal.title("Batch enter switch back");
        Optional<BatchReport> report =
                batches.run(BatchOperation.enterSwitchBack(), over, "the target is not what we hoped");
        watch.lap("batch enter switch back");
        return report.filter(WayBack::succeeded).isPresent();
    }

    private boolean switchBack() throws InterruptedException {
        List<TaskRef> entered = in(Stage.SWITCH_BACK);
        if (entered.isEmpty()) {
            return true;
        }
        terminal.title("Batch switch back");
        Optional<SwitchoverWorkflow> workflow = batches.switchover(
                BatchOperation.switchBack(), entered, course.policy(), "the second cutover window is open");
        if (workflow.isEmpty()) {
            return false;
        }
        BatchReport report = batches.fly(workflow.get(), nobody, course);
        watch.lap("batch switch back");
        return succeeded(report);
    }

    private List<TaskRef> in(Stage stage) {
        return engine.select(task -> at(task) == stage, MOST_TASKS);
    }

    private static Stage at(MigrationTask task) {
        return task.stage().stage();
    }

    private static boolean succeeded(BatchReport report) {
        return report.status() == BatchReport.Status.ALL_SUCCEEDED;
    }
}
