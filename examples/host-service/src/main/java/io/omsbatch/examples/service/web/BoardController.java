package io.omsbatch.examples.service.web;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverStep;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Shows the boards of switchovers, and acts on their tasks. */
@RestController
class BoardController {

    /** What is done to some tasks or to a whole lane, by the board that the operator saw. */
    record Act(
            @Nullable String action,
            @Nullable String step,
            @Nullable Integer lane,
            @Nullable List<@Nullable String> tasks,
            @Nullable Long boardVersion,
            @Nullable String reason,
            @Nullable String consent) {}

    private final Runs runs;

    BoardController(Runs runs) {
        this.runs = runs;
    }

    @GetMapping("/runs/{id}/board")
    BoardView board(@PathVariable String id) {
        return BoardView.of(runs.findSwitchover(id).board());
    }

    @PostMapping("/runs/{id}/actions")
    ResponseEntity<Object> act(Actor actor, @PathVariable String id, @RequestBody Act asked) {
        Control control = new Control(
                Asked.word("action", SwitchoverAction.class, asked.action()),
                Asked.word("step", SwitchoverStep.class, asked.step()),
                target(asked),
                Asked.number("boardVersion", asked.boardVersion()),
                actor,
                Asked.text("reason", asked.reason()),
                asked.consent());
        SwitchoverWorkflow switchover = runs.findSwitchover(id);
        runs.ensureAllowed(actor, switchover);
        return Answers.of(id, switchover.act(control));
    }

    private static Control.Target target(Act asked) {
        Integer lane = asked.lane();
        if ((lane == null) == (asked.tasks() == null)) {
            throw new InvalidInputException("tasks", "name either the tasks or a lane");
        }
        return lane == null
                ? new Control.Target.Tasks(Set.copyOf(Asked.tasks("tasks", asked.tasks())))
                : new Control.Target.WholeLane(lane);
    }
}
