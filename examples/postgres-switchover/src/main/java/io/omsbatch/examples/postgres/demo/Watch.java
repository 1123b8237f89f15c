package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import io.omsbatch.examples.postgres.show.ProgressBar;
import io.omsbatch.examples.postgres.show.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/** Watches tasks on their way to the end of their verification. */
final class Watch {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int PAGE = 100;
    private static final int SHOWN = 16;

    private final TaskGateway gateway;
    private final Terminal terminal;
    private final IntSupplier committed;

    Watch(TaskGateway gateway, Terminal terminal, IntSupplier committed) {
        this.gateway = gateway;
        this.terminal = terminal;
        this.committed = committed;
    }

    /** Returns when every task has ended its last stage before the switchover, or one has failed. */
    List<MigrationTask> untilVerified(List<TaskRef> refs) {
        return Waiting.until(
                LIMIT,
                () -> {
                    List<MigrationTask> tasks = read(refs);
                    show(tasks);
                    boolean over = tasks.stream().allMatch(Watch::verified)
                            || tasks.stream().anyMatch(task -> task.status() == TaskStatus.FAILED);
                    return over ? Optional.of(tasks) : Optional.empty();
                },
                limit -> Problem.of(
                        "NOT_VERIFIED",
                        "not all tasks were verified within " + limit.toMinutes() + " min",
                        "look at them"));
    }

    private List<MigrationTask> read(List<TaskRef> refs) {
        List<MigrationTask> tasks = new ArrayList<>();
        for (int i = 0; i < refs.size(); i += PAGE) {
            tasks.addAll(gateway.read(new HashSet<>(refs.subList(i, Math.min(refs.size(), i + PAGE))))
                    .values());
        }
        tasks.sort(Comparator.comparing(MigrationTask::ref));
        return tasks;
    }

    private void show(List<MigrationTask> tasks) {
        Map<String, Integer> stages = new TreeMap<>();
        tasks.forEach(task -> stages.merge(described(task.stage()), 1, Integer::sum));
        int done = (int) tasks.stream().filter(Watch::verified).count();
        List<String> drawing = new ArrayList<>();
        tasks.stream()
                .limit(SHOWN)
                .forEach(task -> drawing.add(String.format(
                        "  %-10s %-12s %-32s %s", task.name(), task.status(), described(task.stage()), behind(task))));
        if (tasks.size() > SHOWN) {
            drawing.add("  and " + (tasks.size() - SHOWN) + " more");
        }
        drawing.add("  live writers have committed " + committed.getAsInt() + " transactions");
        terminal.going("Verified " + ProgressBar.of(done, tasks.size()) + " " + stages, drawing);
    }

    private static boolean verified(MigrationTask task) {
        return task.status() == TaskStatus.RUNNING
                && task.stage().stage() == task.type().lastStageBeforeSwitchover()
                && task.stage().done();
    }

    private static String described(StageProgress stage) {
        return (stage.stage() + " " + stage.state()).replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    private static String behind(MigrationTask task) {
        Instant timestamp = task.latestTimestamp();
        return timestamp == null
                ? ""
                : Math.max(0, Duration.between(timestamp, Instant.now()).toMillis()) + " ms behind";
    }
}
