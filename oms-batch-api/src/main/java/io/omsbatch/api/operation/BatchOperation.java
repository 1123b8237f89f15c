package io.omsbatch.api.operation;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.task.AlertLevel;
import java.util.List;
import java.util.Objects;

/**
 * A batch operation: one of the nine that OMS has, or one of the two by which an application goes back. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface BatchOperation {

    /** Starts tasks that were never started. */
    record Start() implements BatchOperation {
        @Override
        public OperationKind kind() {
            return OperationKind.START;
        }
    }

    /** Stops running tasks. */
    record Stop() implements BatchOperation {
        @Override
        public OperationKind kind() {
            return OperationKind.STOP;
        }
    }

    /** Resumes stopped or failed tasks. */
    record Resume() implements BatchOperation {
        @Override
        public OperationKind kind() {
            return OperationKind.RESUME;
        }
    }

    /** Ends tasks: their components are released and only a record is left. */
    record End() implements BatchOperation {
        @Override
        public OperationKind kind() {
            return OperationKind.END;
        }
    }

    /** Deletes the records of tasks that never started or have ended. */
    record Delete() implements BatchOperation {
        @Override
        public OperationKind kind() {
            return OperationKind.DELETE;
        }
    }

    /**
     * Sets the alert level of tasks.
     *
     * @param level the wanted level, any but UNRECOGNIZED
     */
    record ModifyAlertLevel(AlertLevel level) implements BatchOperation {
        /** Refuses a level that cannot be asked for. */
        public ModifyAlertLevel {
            Objects.requireNonNull(level, "ModifyAlertLevel.level");
            if (level == AlertLevel.UNRECOGNIZED) {
                throw new InvalidInputException(
                        "ModifyAlertLevel.level", "is UNRECOGNIZED; choose NO_PROTECTION, LOW, MEDIUM or HIGH");
            }
        }

        @Override
        public OperationKind kind() {
            return OperationKind.MODIFY_ALERT_LEVEL;
        }
    }

    /** Passes over the full verification of tasks that are in it. */
    record SkipFullVerification() implements BatchOperation {
        @Override
        public OperationKind kind() {
            return OperationKind.SKIP_FULL_VERIFICATION;
        }
    }

    /** Moves tasks into the forward switchover stage. */
    record EnterForwardSwitchover() implements BatchOperation {
        @Override
        public OperationKind kind() {
            return OperationKind.ENTER_FORWARD_SWITCHOVER;
        }
    }

    /** Runs the ordered cutover over tasks of one type at one step. */
    record ForwardSwitchover() implements BatchOperation {
        @Override
        public OperationKind kind() {
            return OperationKind.FORWARD_SWITCHOVER;
        }
    }

    /** Moves tasks whose forward switchover is over, and whose changes flow back, into the switch back stage. */
    record EnterSwitchBack() implements BatchOperation {
        @Override
        public OperationKind kind() {
            return OperationKind.ENTER_SWITCH_BACK;
        }
    }

    /** Runs the ordered cutover from the target to the source over tasks of one type at one step: the mirrored workflow. */
    record SwitchBack() implements BatchOperation {
        @Override
        public OperationKind kind() {
            return OperationKind.SWITCH_BACK;
        }
    }

    /** Returns which operation this is, for exhaustive switches. */
    OperationKind kind();

    /** Returns the start operation. */
    static BatchOperation start() {
        return new Start();
    }

    /** Returns the stop operation. */
    static BatchOperation stop() {
        return new Stop();
    }

    /** Returns the resume operation. */
    static BatchOperation resume() {
        return new Resume();
    }

    /** Returns the end operation. */
    static BatchOperation end() {
        return new End();
    }

    /** Returns the delete operation. */
    static BatchOperation delete() {
        return new Delete();
    }

    /**
     * Returns the operation that sets an alert level.
     *
     * @param level the wanted level, any but UNRECOGNIZED
     * @return the operation
     */
    static BatchOperation modifyAlertLevel(AlertLevel level) {
        return new ModifyAlertLevel(level);
    }

    /** Returns the operation that passes over full verification. */
    static BatchOperation skipFullVerification() {
        return new SkipFullVerification();
    }

    /** Returns the operation that enters the forward switchover stage. */
    static BatchOperation enterForwardSwitchover() {
        return new EnterForwardSwitchover();
    }

    /** Returns the ordered cutover. */
    static BatchOperation forwardSwitchover() {
        return new ForwardSwitchover();
    }

    /** Returns the operation that enters the switch back stage. */
    static BatchOperation enterSwitchBack() {
        return new EnterSwitchBack();
    }

    /** Returns the ordered way back to the source. */
    static BatchOperation switchBack() {
        return new SwitchBack();
    }

    /** Returns every operation, each alert level separately. */
    static List<BatchOperation> all() {
        return List.of(
                start(),
                stop(),
                resume(),
                end(),
                delete(),
                modifyAlertLevel(AlertLevel.NO_PROTECTION),
                modifyAlertLevel(AlertLevel.LOW),
                modifyAlertLevel(AlertLevel.MEDIUM),
                modifyAlertLevel(AlertLevel.HIGH),
                skipFullVerification(),
                enterForwardSwitchover(),
                forwardSwitchover(),
                enterSwitchBack(),
                switchBack());
    }
}
