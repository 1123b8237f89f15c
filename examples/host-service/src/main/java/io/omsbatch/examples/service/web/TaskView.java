package io.omsbatch.examples.service.web;

import io.omsbatch.api.task.MigrationTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task as the page lists it. */
record TaskView(
        String id,
        String name,
        String status,
        String stage,
        String alertLevel,
        @Nullable String step,
        String revision) {

    /** A page of tasks. */
    record Page(List<TaskView> tasks, @Nullable String next) {}

    static TaskView of(MigrationTask task) {
        return new TaskView(
                task.ref().id(),
                task.name(),
                task.status().name(),
                task.stage().toString(),
                task.alertLevel().name(),
                task.switchover() == null ? null : task.switchover().toString(),
                task.revision().value());
    }
}
