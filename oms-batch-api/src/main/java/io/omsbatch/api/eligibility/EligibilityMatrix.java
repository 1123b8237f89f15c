package io.omsbatch.api.eligibility;

import static io.omsbatch.api.operation.OperationKind.DELETE;
import static io.omsbatch.api.operation.OperationKind.END;
import static io.omsbatch.api.operation.OperationKind.ENTER_FORWARD_SWITCHOVER;
import static io.omsbatch.api.operation.OperationKind.ENTER_SWITCH_BACK;
import static io.omsbatch.api.operation.OperationKind.FORWARD_SWITCHOVER;
import static io.omsbatch.api.operation.OperationKind.MODIFY_ALERT_LEVEL;
import static io.omsbatch.api.operation.OperationKind.RESUME;
import static io.omsbatch.api.operation.OperationKind.SKIP_FULL_VERIFICATION;
import static io.omsbatch.api.operation.OperationKind.START;
import static io.omsbatch.api.operation.OperationKind.STOP;
import static io.omsbatch.api.operation.OperationKind.SWITCH_BACK;
import static io.omsbatch.api.task.TaskStatus.COMPLETED;
import static io.omsbatch.api.task.TaskStatus.ENDED;
import static io.omsbatch.api.task.TaskStatus.ENDING;
import static io.omsbatch.api.task.TaskStatus.FAILED;
import static io.omsbatch.api.task.TaskStatus.INTEGRATING;
import static io.omsbatch.api.task.TaskStatus.MODIFYING;
import static io.omsbatch.api.task.TaskStatus.NOT_STARTED;
import static io.omsbatch.api.task.TaskStatus.RUNNING;
import static io.omsbatch.api.task.TaskStatus.STOPPED;
import static io.omsbatch.api.task.TaskStatus.UNRECOGNIZED;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The documented matrix of status and operation, as one table, with the two operations that OMS does not have: the way back. It is an {@link EligibilityPolicy} and can be rendered.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class EligibilityMatrix implements EligibilityPolicy {

    private static final EligibilityMatrix DOCUMENTED = new EligibilityMatrix()
            .row(NOT_STARTED, START, DELETE, MODIFY_ALERT_LEVEL)
            .row(RUNNING, STOP, MODIFY_ALERT_LEVEL)
            .when(RUNNING, SKIP_FULL_VERIFICATION, Condition.IN_FULL_VERIFICATION)
            .when(RUNNING, ENTER_FORWARD_SWITCHOVER, Condition.READY_FOR_SWITCHOVER)
            .when(RUNNING, FORWARD_SWITCHOVER, Condition.IN_SWITCHOVER)
            .when(RUNNING, ENTER_SWITCH_BACK, Condition.READY_FOR_SWITCH_BACK)
            .when(RUNNING, SWITCH_BACK, Condition.IN_SWITCH_BACK)
            .row(MODIFYING, MODIFY_ALERT_LEVEL)
            .row(INTEGRATING, MODIFY_ALERT_LEVEL)
            .row(STOPPED, RESUME, END, MODIFY_ALERT_LEVEL)
            .when(STOPPED, SKIP_FULL_VERIFICATION, Condition.IN_FULL_VERIFICATION)
            .row(FAILED, RESUME, END, MODIFY_ALERT_LEVEL)
            .when(FAILED, SKIP_FULL_VERIFICATION, Condition.IN_FULL_VERIFICATION)
            .row(COMPLETED, END)
            .row(ENDING)
            .row(ENDED, DELETE)
            .row(UNRECOGNIZED);

    private final Map<TaskStatus, Map<OperationKind, Condition>> cells = new EnumMap<>(TaskStatus.class);

    private EligibilityMatrix() {}

    /** Returns the matrix that OMS documents, with the way back. */
    public static EligibilityMatrix documented() {
        return DOCUMENTED;
    }

    @Override
    public Verdict judge(MigrationTask task, BatchOperation operation) {
        Condition condition = cell(
                Objects.requireNonNull(task, "task").status(),
                Objects.requireNonNull(operation, "operation").kind());
        if (condition == null) {
            return refusal(task, operation, DenialCode.WRONG_STATUS, condition);
        }
        DenialCode denial = condition.denial(task);
        return denial == null ? Verdict.yes() : refusal(task, operation, denial, condition);
    }

    /** Returns the table as plain text, one line per status and operation that is allowed. */
    public String renderText() {
        StringBuilder text = new StringBuilder();
        for (TaskStatus status : TaskStatus.values()) {
            Map<OperationKind, Condition> row = cellsOf(status);
            text.append(String.format(Locale.ROOT, "%-13s", status));
            if (row.isEmpty()) {
                text.append(" nothing\n");
                continue;
            }
            String indent = "";
            for (Map.Entry<OperationKind, Condition> cell : row.entrySet()) {
                text.append(indent).append(' ').append(cell.getKey().title());
                if (cell.getValue() != Condition.ALWAYS) {
                    text.append(": ").append(cell.getValue().text());
                }
                text.append('\n');
                indent = " ".repeat(13);
            }
        }
        return text.toString();
    }

    /** Returns the table in Markdown: a row per operation, a column per status, conditions as footnotes. */
    public String renderMarkdown() {
        String header = Stream.of(TaskStatus.values()).map(TaskStatus::name).collect(Collectors.joining(" | "));
        StringBuilder table = new StringBuilder("| operation | " + header + " |\n");
        table.append("|---|").append("---|".repeat(TaskStatus.values().length)).append('\n');
        for (OperationKind operation : OperationKind.values()) {
            table.append("| ").append(operation.title());
            for (TaskStatus status : TaskStatus.values()) {
                Condition condition = cell(status, operation);
                table.append(" | ").append(condition == null ? "" : condition.mark());
            }
            table.append(" |\n");
        }
        for (Condition condition : Condition.values()) {
            if (condition != Condition.ALWAYS) {
                table.append('\n')
                        .append(condition.mark())
                        .append(' ')
                        .append(condition.text())
                        .append("  ");
            }
        }
        return table.append('\n').toString();
    }

    private Map<OperationKind, Condition> cellsOf(TaskStatus status) {
        return cells.getOrDefault(status, Map.of());
    }

    private @Nullable Condition cell(TaskStatus status, OperationKind operation) {
        return cellsOf(status).get(operation);
    }

    private EligibilityMatrix row(TaskStatus status, OperationKind... allowed) {
        cells.put(status, new EnumMap<>(OperationKind.class));
        for (OperationKind operation : allowed) {
            when(status, operation, Condition.ALWAYS);
        }
        return this;
    }

    private EligibilityMatrix when(TaskStatus status, OperationKind operation, Condition condition) {
        cellsOf(status).put(operation, condition);
        return this;
    }

    private Verdict refusal(
            MigrationTask task, BatchOperation operation, DenialCode code, @Nullable Condition condition) {
        TaskRef ref = task.ref();
        return Verdict.noLazily(() -> {
            String values = condition == null
                    ? "is " + task.status() + "; " + operation.kind().title() + " needs " + allowedStatuses(operation)
                    : condition.sentence(task);
            return List.of(new Reason(code.name(), "task " + ref.id() + " " + values));
        });
    }

    private String allowedStatuses(BatchOperation operation) {
        return Stream.of(TaskStatus.values())
                .filter(status -> cell(status, operation.kind()) != null)
                .map(TaskStatus::name)
                .collect(Collectors.joining(" or "));
    }
}
