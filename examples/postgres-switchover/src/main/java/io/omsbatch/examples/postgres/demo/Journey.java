package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.DryRun;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.examples.postgres.platform.MigrationPlatform;
import io.omsbatch.examples.postgres.show.Stopwatch;
import io.omsbatch.examples.postgres.show.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way of a fleet from its start through its switchover. Each part is done for those tasks that have it still before them, so
 * that a process which goes on after another was killed takes the same way. For one thread.
 */
final class Journey {
    private static final int MOST_TASKS = 1_000;

    private final BatchEngine engine;
    private final Batches batches;
    private final Course course;
    private final MigrationPlatform platform;
    private final Saboteur saboteur;
    private final Terminal terminal;
    private final Stopwatch watch;
    private final Set<String> takenBack = new TreeSet<>();

    Journey(
            BatchEngine engine,
            Batches batches,
            Course course,
            MigrationPlatform platform,
            Saboteur saboteur,
            Terminal terminal,
            Stopwatch watch) {
        this.engine = engine;
        this.batches = batches;
        this.course = course;
        this.platform = platform;
        this.saboteur = saboteur;
        this.terminal = terminal;
        this.watch = watch;
    }

    /**
     * Takes all to the end.
     *
     * @param back the batch that was under way when another process was killed
     * @param progress how the verification is watched
     * @return whether all got there
     */
    boolean travel(Optional<BatchRun> back, Watch progress) throws InterruptedException {
        if (back.isPresent() && back.get() instanceof SwitchoverWorkflow workflow) {
            terminal.title("Batch " + workflow.request().operation().kind().title() + ", resumed");
            return goOn(workflow);
        }
        if (back.isPresent()) {
            terminal.title("The batch that was under way");
            batches.follow(back.get());
        }
        return start() && verify(progress) && enterSwitchover() && switchOver();
    }

    /** Starts all; those that fail are repaired and resumed, the others go on meanwhile. */
    private boolean start() throws InterruptedException {
        List<TaskRef> fresh = tasks(task -> task.status() == TaskStatus.NOT_STARTED);
        boolean succeeded = fresh.isEmpty();
        if (!fresh.isEmpty()) {
            terminal.title("Batch start");
            announce(saboteur.breakBy(Breakage.Kind.TABLE_WITHOUT_KEY));
            Optional<BatchReport> report = batches.run(BatchOperation.start(), fresh, "the migration window is open");
            if (report.isEmpty()) {
                return false;
            }
            succeeded = succeeded(report);
        }
        List<TaskRef> failed = tasks(task -> task.status() == TaskStatus.FAILED);
        boolean started = failed.isEmpty() ? succeeded : repair(failed);
        if (!fresh.isEmpty() || !failed.isEmpty()) {
            watch.lap("batch start");
        }
        return started;
    }

    /** Waits until all are verified. */
    private boolean verify(Watch progress) {
        List<TaskRef> before = beforeSwitchover();
        if (before.isEmpty()) {
            return true;
        }
        terminal.title("Full migration, incremental sync, full verification");
        boolean verified = new Verified(progress, terminal, platform).of(before);
        watch.lap("migrate and verify");
        return verified;
    }

    /** Lets all enter their switchover. */
    private boolean enterSwitchover() throws InterruptedException {
        List<TaskRef> before = beforeSwitchover();
        if (before.isEmpty()) {
            return true;
        }
        terminal.title("Batch enter forward switchover");
        announce(saboteur.breakBy(Breakage.Kind.OPEN_TRANSACTION));
        Optional<BatchReport> report = batches.run(BatchOperation.enterForwardSwitchover(), before, "all are verified");
        watch.lap("batch enter forward switchover");
        return succeeded(report);
    }

    /** Takes all through their switchover. */
    private boolean switchOver() throws InterruptedException {
        List<TaskRef> before = tasks(task -> !over(task.switchover()));
        if (before.isEmpty()) {
            return true;
        }
        if (course.dryRun()) {
            return onlyShow(before);
        }
        terminal.title("Batch forward switchover");
        Optional<SwitchoverWorkflow> workflow = batches.switchover(
                BatchOperation.forwardSwitchover(), before, course.policy(), "the cutover window is open");
        return workflow.isPresent() && goOn(workflow.get());
    }

    /** Shows what a switchover would do. Nothing was done, so that each must be as it would be after it was taken back. */
    private boolean onlyShow(List<TaskRef> before) {
        terminal.title("Dry run of the batch forward switchover");
        DryRun run = batches.rehearse(before, course.policy());
        watch.lap("dry run");
        before.forEach(ref -> takenBack.add(ref.id()));
        return run.tasks().size() == before.size();
    }

    /** Takes a switchover that is under way to its end. */
    private boolean goOn(SwitchoverWorkflow workflow) throws InterruptedException {
        BatchReport report = batches.fly(workflow, saboteur, course);
        watch.lap("batch forward switchover");
        report.results().stream()
                .filter(result -> result.outcome().kind() == TaskOutcome.Kind.UNDONE
                        || result.outcome().kind() == TaskOutcome.Kind.NOT_ATTEMPTED)
                .forEach(result -> takenBack.add(result.ref().id()));
        return report.results().stream().allMatch(this::asWanted);
    }

    private static boolean over(@Nullable SwitchoverProgress progress) {
        return progress != null && (progress.round() > 1 || progress.isOver(SwitchoverStep.START_REVERSE_INCREMENT));
    }

    private boolean repair(List<TaskRef> failed) throws InterruptedException {
        for (TaskRef ref : failed) {
            platform.problem(ref.id())
                    .ifPresent(problem -> terminal.say(
                            "FAILED " + ref.id() + "\n  " + problem.message() + "\n  remedy: " + problem.remedy()));
            if (!saboteur.knows(ref.id()) || !terminal.agreed("Repair " + ref.id() + " and resume?")) {
                return false;
            }
            terminal.say("  repaired by: " + saboteur.repair(ref.id()));
        }
        return succeeded(batches.run(BatchOperation.resume(), failed, "repaired"));
    }

    private List<TaskRef> beforeSwitchover() {
        return tasks(task -> task.switchover() == null);
    }

    private List<TaskRef> tasks(Predicate<MigrationTask> wanted) {
        return engine.select(wanted, MOST_TASKS);
    }

    private void announce(String said) {
        if (!said.isEmpty()) {
            terminal.say(said);
        }
    }

    /** Nothing need be taken back of what had not begun. */
    private boolean asWanted(TaskResult result) {
        boolean back = takenBack.contains(result.ref().id());
        boolean mayBeBack = course.aborts() || course.policy().freeze() != null;
        return back ? mayBeBack : !course.aborts() && result.outcome().successful();
    }

    /** The databases that stand where they stood before the switchover. */
    Set<String> takenBack() {
        return takenBack;
    }

    private static boolean succeeded(Optional<BatchReport> report) {
        return report.filter(done -> done.status() == BatchReport.Status.ALL_SUCCEEDED)
                .isPresent();
    }
}
