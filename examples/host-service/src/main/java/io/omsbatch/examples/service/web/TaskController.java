package io.omsbatch.examples.service.web;

import io.omsbatch.api.Limits;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the tasks of the platform. */
@RestController
class TaskController {

    private static final int MOST = 100;

    private final TaskGateway gateway;

    TaskController(TaskGateway gateway) {
        this.gateway = gateway;
    }

    @GetMapping("/tasks")
    TaskView.Page tasks(@RequestParam @Nullable String from, @RequestParam(defaultValue = "100") int size) {
        if (from != null) {
            Limits.id("from", from);
        }
        TaskPage page = gateway.list(from, (int) Limits.range("size", size, 1, MOST));
        return new TaskView.Page(page.tasks().stream().map(TaskView::of).toList(), page.next());
    }
}
