package io.omsbatch.examples.service.web;

import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.task.TaskRef;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Says over HTTP what came of a control. */
final class Answers {

    private Answers() {}

    static ResponseEntity<Object> of(String runId, ControlAnswer answer) {
        if (answer instanceof ControlAnswer.Accepted accepted) {
            List<String> tasks =
                    accepted.tasks().stream().map(TaskRef::id).sorted().toList();
            return ResponseEntity.ok(Map.of("answer", "ACCEPTED", "tasks", tasks));
        }
        if (answer instanceof ControlAnswer.Pending pending) {
            return ResponseEntity.accepted()
                    .location(URI.create("/runs/" + runId + "/answers/" + pending.commandId()))
                    .body(Map.of("answer", "PENDING", "text", pending.text()));
        }
        if (answer instanceof ControlAnswer.ConsentNeeded needed) {
            ProblemDetail problem = problem(HttpStatus.PRECONDITION_REQUIRED, "CONSENT_NEEDED", needed.text());
            problem.setProperty("consent", needed.token());
            return body(problem);
        }
        ControlAnswer.Refused refused = (ControlAnswer.Refused) answer;
        ProblemDetail problem = problem(status(refused.why()), refused.why().name(), refused.text());
        problem.setProperty("remedy", refused.why().remedy());
        return body(problem);
    }

    private static HttpStatus status(ControlAnswer.Refusal why) {
        return switch (why) {
            case NO_SUCH_TASK -> HttpStatus.NOT_FOUND;
            case NOT_RECORDED, IN_DOUBT -> HttpStatus.SERVICE_UNAVAILABLE;
            case OTHER_STEP,
                    BOARD_CHANGED,
                    NOT_OFFERED,
                    WRONG_CONSENT,
                    NOT_RUNNING,
                    PAUSED,
                    RUN_CHANGED,
                    WRONG_STATE,
                    CHOICE_NEEDED,
                    NOT_UNDERSTOOD,
                    STILL_OWNED,
                    OTHER_PLATFORM -> HttpStatus.CONFLICT;
        };
    }

    private static ProblemDetail problem(HttpStatus status, String code, String text) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, text);
        problem.setProperty("code", code);
        return problem;
    }

    private static ResponseEntity<Object> body(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }
}
