package io.omsbatch.examples.postgres.gateway;

import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchOperation.ModifyAlertLevel;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.examples.postgres.task.Protection;
import io.omsbatch.examples.postgres.task.Step;
import io.omsbatch.examples.postgres.task.Wish;
import org.jspecify.annotations.Nullable;

/** Operations and steps of the library as wishes of the platform. */
final class WishTranslation {

    private WishTranslation() {}

    static Wish wish(BatchOperation operation) {
        return switch (operation.kind()) {
            case START -> Wish.of(Wish.Kind.START);
            case STOP -> Wish.of(Wish.Kind.STOP);
            case RESUME -> Wish.of(Wish.Kind.RESUME);
            case END -> Wish.of(Wish.Kind.END);
            case DELETE -> Wish.of(Wish.Kind.DELETE);
            case MODIFY_ALERT_LEVEL -> Wish.protect(protection(((ModifyAlertLevel) operation).level()));
            case SKIP_FULL_VERIFICATION -> Wish.of(Wish.Kind.SKIP_VERIFICATION);
            case ENTER_FORWARD_SWITCHOVER -> Wish.of(Wish.Kind.ENTER_SWITCHOVER);
            case ENTER_SWITCH_BACK -> Wish.of(Wish.Kind.ENTER_SWITCH_BACK);
            case FORWARD_SWITCHOVER, SWITCH_BACK -> throw new IllegalArgumentException("its steps are sent one by one");
        };
    }

    /** Null for a step that this platform does not know. */
    static @Nullable Wish wish(StepCommand command) {
        Step own = step(command.step());
        if (own == null) {
            return null;
        }
        return switch (command.action()) {
            case RUN -> Wish.run(own, command.round());
            case SKIP -> Wish.skip(own, command.round());
            case UNDO -> Wish.undo(own, command.round());
        };
    }

    private static @Nullable Step step(SwitchoverStep step) {
        return switch (step) {
            case START_FORWARD_SWITCHOVER -> Step.START;
            case SWITCHOVER_PRECHECK -> Step.PRECHECK;
            case START_TARGET_STORE -> Step.TARGET_STORE;
            case CONFIRM_WRITES_STOPPED -> Step.WRITES_STOPPED;
            case CONFIRM_SYNC_TIMESTAMP -> Step.CAUGHT_UP;
            case STOP_FORWARD_SYNC -> Step.FORWARD_STOPPED;
            case PROCESS_DATABASE_OBJECTS -> Step.OBJECTS;
            case START_REVERSE_INCREMENT -> Step.REVERSE_STARTED;
            case UNRECOGNIZED -> null;
        };
    }

    private static Protection protection(AlertLevel level) {
        return switch (level) {
            case NO_PROTECTION, UNRECOGNIZED -> Protection.NONE;
            case LOW -> Protection.LOW;
            case MEDIUM -> Protection.MEDIUM;
            case HIGH -> Protection.HIGH;
        };
    }
}
