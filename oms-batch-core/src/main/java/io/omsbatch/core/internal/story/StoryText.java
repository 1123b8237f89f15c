package io.omsbatch.core.internal.story;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.workflow.StepTable;
import java.util.Objects;

/** How a story names things. */
final class StoryText {

    private StoryText() {}

    static String quoted(String text) {
        return "\"" + text + "\"";
    }

    /** A step as an operator reads it. */
    static String step(SwitchoverDirection direction, String name) {
        if (StepTable.undoes(name)) {
            return "the undo of " + quoted(StepTable.stepOf(name).title(direction));
        }
        for (SwitchoverStep step : SwitchoverStep.inOrder()) {
            if (step.name().equals(name)) {
                return quoted(step.title(direction));
            }
        }
        for (OperationKind operation : OperationKind.values()) {
            if (operation.name().equals(name)) {
                return quoted(operation.title());
            }
        }
        return quoted(name);
    }

    static String detail(JournalRecord fact, String name) {
        return Objects.requireNonNullElse(fact.detail().get(name), "");
    }

    static String actor(JournalRecord fact) {
        String actor = detail(fact, "actor");
        return actor.isEmpty() ? "Somebody" : actor;
    }

    /** The reason of who acted, after a colon. */
    static String because(JournalRecord fact) {
        String reason = detail(fact, "reason");
        return reason.isEmpty() ? "" : ": " + reason;
    }

    static <E extends Enum<E>> E constant(Class<E> type, JournalRecord fact) {
        return Enum.valueOf(type, fact.code());
    }
}
