package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.examples.postgres.platform.MigrationPlatform;
import io.omsbatch.examples.postgres.show.Terminal;
import java.util.List;

/** Whether all tasks came through their full verification, and what to do about those that did not. */
final class Verified {
    private final Watch watch;
    private final Terminal terminal;
    private final MigrationPlatform platform;

    Verified(Watch watch, Terminal terminal, MigrationPlatform platform) {
        this.watch = watch;
        this.terminal = terminal;
        this.platform = platform;
    }

    boolean of(List<TaskRef> refs) {
        List<MigrationTask> tasks = watch.untilVerified(refs);
        List<MigrationTask> failed = tasks.stream()
                .filter(task -> task.status() == TaskStatus.FAILED)
                .toList();
        failed.forEach(task -> platform.problem(task.ref().id())
                .ifPresent(problem -> terminal.say(
                        "FAILED " + task.name() + "\n  " + problem.message() + "\n  remedy: " + problem.remedy())));
        if (failed.isEmpty()) {
            terminal.say("  all " + tasks.size() + " tasks are verified while they are written to");
        }
        return failed.isEmpty();
    }
}
