package io.omsbatch.examples.service.web;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.TaskStory;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows runs, and acts on them as a whole. */
@RestController
class RunController {

    /** What is done to a run, by the version that the operator saw. */
    record Control(
            @Nullable String action,
            @Nullable Long version,
            @Nullable String reason) {}

    private static final int PAGE = 50;
    private static final Duration REPORT_IS_THERE = Duration.ofSeconds(5);

    private final BatchEngine engine;
    private final Runs runs;

    RunController(BatchEngine engine, Runs runs) {
        this.engine = engine;
        this.runs = runs;
    }

    @GetMapping("/runs")
    RunView.Page list(@RequestParam @Nullable String from) {
        RunPage page = engine.list(RunFilter.all(), from, PAGE);
        return new RunView.Page(page.runs().stream().map(RunView.Line::of).toList(), page.next());
    }

    @GetMapping("/runs/{id}")
    RunView run(@PathVariable String id) {
        return RunView.of(runs.find(id));
    }

    @GetMapping("/runs/{id}/report")
    RunView.Report report(@PathVariable String id) throws InterruptedException {
        BatchRun run = runs.find(id);
        if (run.state() != RunState.ENDED) {
            throw new NotNow("NOT_ENDED", "the run " + id + " is " + run.state() + "; it has no report yet");
        }
        return run.await(REPORT_IS_THERE)
                .map(RunView.Report::of)
                .orElseThrow(() -> new NotNow("NOT_ENDED", "the report of the run " + id + " is being written"));
    }

    @GetMapping("/runs/{id}/tasks/{task}")
    List<TaskStory.Sentence> story(@PathVariable String id, @PathVariable String task) {
        BatchRun run = runs.find(id);
        TaskRef ref = Asked.tasks("task", List.of(task)).get(0);
        return engine.explain(run.id(), ref)
                .orElseThrow(() -> new NotThere("task in this run:", task))
                .sentences();
    }

    @PostMapping("/runs/{id}/controls")
    ResponseEntity<Object> control(Actor actor, @PathVariable String id, @RequestBody Control asked) {
        RunControl control = new RunControl(
                Asked.word("action", RunAction.class, asked.action()),
                Asked.number("version", asked.version()),
                actor,
                Asked.text("reason", asked.reason()));
        BatchRun run = runs.find(id);
        runs.ensureAllowed(actor, run);
        return Answers.of(id, run.control(control));
    }

    @GetMapping("/runs/{id}/answers/{command}")
    ResponseEntity<Object> answer(@PathVariable String id, @PathVariable String command) {
        return runs.find(id)
                .answer(command)
                .map(answer -> Answers.of(id, answer))
                .orElseThrow(() -> new NotThere("answer yet to", command));
    }
}
