package io.omsbatch.examples.service.web;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.examples.service.engine.HostAccess;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Plans, and confirms what was planned. */
@RestController
class PlanController {

    /** What a plan is asked for with; the alert level belongs to MODIFY_ALERT_LEVEL, the budget ("3", "5%") may be left out. */
    record Wish(
            @Nullable String requestId,
            @Nullable String operation,
            @Nullable List<@Nullable String> tasks,
            @Nullable String alertLevel,
            @Nullable String budget) {}

    /** The consent to a plan; tasks that an earlier run left UNKNOWN may be acknowledged. */
    record Consent(
            @Nullable String fingerprint,
            @Nullable String reason,
            @Nullable List<@Nullable String> acknowledged) {}

    private final BatchEngine engine;
    private final HostAccess access;

    PlanController(BatchEngine engine, HostAccess access) {
        this.engine = engine;
        this.access = access;
    }

    @PostMapping("/plans")
    PlanView plan(Actor actor, @RequestBody Wish wish) {
        BatchRequest request = BatchRequest.of(
                Asked.text("requestId", wish.requestId()), actor, operation(wish), Asked.tasks("tasks", wish.tasks()));
        RunPolicy policy = RunPolicy.none();
        if (wish.budget() != null) {
            policy = policy.withBudget(FailureBudget.parse(wish.budget()));
        }
        return PlanView.of(engine.plan(request.with(policy)));
    }

    @PostMapping("/runs")
    ResponseEntity<RunView> run(Actor actor, @RequestBody Consent consent) {
        if (!access.knows(actor)) {
            throw new Denied(actor, "confirm a plan");
        }
        Confirmation confirmation = new Confirmation(
                Asked.text("fingerprint", consent.fingerprint()),
                actor,
                Asked.text("reason", consent.reason()),
                consent.acknowledged() == null
                        ? Set.of()
                        : Set.copyOf(Asked.tasks("acknowledged", consent.acknowledged())));
        BatchRun run = engine.run(confirmation);
        return ResponseEntity.accepted()
                .location(URI.create("/runs/" + run.id()))
                .body(RunView.of(run));
    }

    private static BatchOperation operation(Wish wish) {
        return switch (Asked.word("operation", OperationKind.class, wish.operation())) {
            case START -> BatchOperation.start();
            case STOP -> BatchOperation.stop();
            case RESUME -> BatchOperation.resume();
            case END -> BatchOperation.end();
            case DELETE -> BatchOperation.delete();
            case MODIFY_ALERT_LEVEL ->
                BatchOperation.modifyAlertLevel(Asked.word("alertLevel", AlertLevel.class, wish.alertLevel()));
            case SKIP_FULL_VERIFICATION -> BatchOperation.skipFullVerification();
            case ENTER_FORWARD_SWITCHOVER -> BatchOperation.enterForwardSwitchover();
            case FORWARD_SWITCHOVER -> BatchOperation.forwardSwitchover();
            case ENTER_SWITCH_BACK -> BatchOperation.enterSwitchBack();
            case SWITCH_BACK -> BatchOperation.switchBack();
        };
    }
}
