package io.omsbatch.core.workflow;

import static io.omsbatch.core.workflow.StepSpec.Driver.AUTOMATIC;
import static io.omsbatch.core.workflow.StepSpec.Driver.OPERATOR;
import static io.omsbatch.core.workflow.StepSpec.Effect.Kind.CREATE;
import static io.omsbatch.core.workflow.StepSpec.Effect.Kind.IDEMPOTENT;
import static io.omsbatch.core.workflow.StepSpec.Effect.Kind.IRREVERSIBLE;
import static io.omsbatch.core.workflow.StepSpec.Effect.Kind.READ;
import static io.omsbatch.core.workflow.StepSpec.NoReturn.AT_INTENT;
import static io.omsbatch.core.workflow.StepSpec.NoReturn.ELSEWHERE;
import static io.omsbatch.core.workflow.StepSpec.NoReturn.WHEN_OVER_AND_LAST;
import static io.omsbatch.core.workflow.StepSpec.OnAmbiguity.LOOK_THEN_REPEAT;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.workflow.StepSpec.Effect;
import io.omsbatch.core.workflow.StepSpec.OnFailure;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The steps a task goes through, in order. The forward switchover is a table of up to eight rows; every other operation is a
 * table of one row that the same engine carries out. Immutable.
 *
 * @param rows the steps, at least one
 * @since 0.1.0
 */
public record StepTable(List<StepSpec> rows) {

    private static final StepTable FORWARD_SWITCHOVER = new StepTable(List.of(
            row(SwitchoverStep.START_FORWARD_SWITCHOVER, OPERATOR, effect(IDEMPOTENT), OnFailure.RETRY),
            row(
                    SwitchoverStep.SWITCHOVER_PRECHECK,
                    AUTOMATIC,
                    new Effect(READ, LOOK_THEN_REPEAT),
                    OnFailure.retryOrSkipAskedTwice(Invariant.PRECHECK_PASSED)),
            row(
                    SwitchoverStep.START_TARGET_STORE,
                    AUTOMATIC,
                    effect(CREATE),
                    OnFailure.retryOrSkip(Invariant.REVERSE_PATH)),
            row(SwitchoverStep.CONFIRM_WRITES_STOPPED, OPERATOR, effect(IDEMPOTENT), OnFailure.RETRY),
            row(
                    SwitchoverStep.CONFIRM_SYNC_TIMESTAMP,
                    AUTOMATIC,
                    new Effect(READ, LOOK_THEN_REPEAT),
                    OnFailure.retryOrSkip(Invariant.CAUGHT_UP)),
            row(
                    SwitchoverStep.STOP_FORWARD_SYNC,
                    AUTOMATIC,
                    effect(IDEMPOTENT),
                    OnFailure.retryOrSkip(Invariant.FORWARD_STOPPED_BY_ENGINE)),
            new StepSpec(
                    SwitchoverStep.PROCESS_DATABASE_OBJECTS.name(),
                    SwitchoverStep.PROCESS_DATABASE_OBJECTS,
                    OPERATOR,
                    effect(IDEMPOTENT),
                    OnFailure.RETRY,
                    true,
                    WHEN_OVER_AND_LAST),
            new StepSpec(
                    SwitchoverStep.START_REVERSE_INCREMENT.name(),
                    SwitchoverStep.START_REVERSE_INCREMENT,
                    OPERATOR,
                    effect(IRREVERSIBLE),
                    OnFailure.RETRY,
                    false,
                    AT_INTENT)));

    /**
     * Copies the rows.
     *
     * @throws io.omsbatch.api.InvalidInputException if there is none
     */
    public StepTable {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new InvalidInputException("StepTable.rows", "is empty; a table needs at least one row");
        }
    }

    /** Returns the whole table of the forward switchover, all eight steps. */
    public static StepTable forwardSwitchover() {
        return FORWARD_SWITCHOVER;
    }

    /**
     * Returns the table of the forward switchover of one migration type (SW-1).
     *
     * @param type the type
     * @return the table with the steps that the type has
     */
    public static StepTable forwardSwitchover(MigrationType type) {
        return new StepTable(FORWARD_SWITCHOVER.rows.stream()
                .filter(row -> type.switchoverSteps().contains(row.step()))
                .toList());
    }

    /**
     * Returns the table of a plain operation, which has one row.
     *
     * @param kind any operation but the forward switchover
     * @return the table
     */
    public static StepTable operation(OperationKind kind) {
        Effect.Kind effect = switch (kind) {
            case START, STOP, RESUME, MODIFY_ALERT_LEVEL, SKIP_FULL_VERIFICATION, ENTER_FORWARD_SWITCHOVER ->
                IDEMPOTENT;
            case END, DELETE -> IRREVERSIBLE;
            case FORWARD_SWITCHOVER ->
                throw new InvalidInputException(
                        "StepTable.operation", "is the forward switchover; use forwardSwitchover(type)");
        };
        return new StepTable(
                List.of(new StepSpec(kind.name(), null, AUTOMATIC, effect(effect), OnFailure.FINAL, false, ELSEWHERE)));
    }

    /**
     * Returns what an operator may do to a task whose current step stands in a certain way. Total: every pair has an answer,
     * which may be nothing (SW-11).
     *
     * @param row the step
     * @param state how it stands
     * @return the actions that are open
     */
    public static Set<SwitchoverAction> offered(StepSpec row, StepStanding.State state) {
        return switch (state) {
            case PENDING, DONE, SKIPPED -> Set.of();
            case GATED -> EnumSet.of(confirmation(row), SwitchoverAction.EJECT, SwitchoverAction.LEAVE);
            case WAITING -> EnumSet.of(SwitchoverAction.EJECT, SwitchoverAction.LEAVE);
            case RUNNING -> EnumSet.of(SwitchoverAction.EJECT);
            case FAILED -> {
                Set<SwitchoverAction> open = EnumSet.of(SwitchoverAction.EJECT, SwitchoverAction.LEAVE);
                if (row.onFailure().retry()) {
                    open.add(SwitchoverAction.RETRY);
                }
                if (row.onFailure().skipWaives() != null) {
                    open.add(SwitchoverAction.SKIP);
                }
                yield open;
            }
        };
    }

    /** Returns the table in Markdown: a row per step. */
    public String renderMarkdown() {
        StringBuilder text = new StringBuilder("""
                | # | step | driven by | present when | effect | on failure | barrier | point of no return |
                |---|---|---|---|---|---|---|---|
                """);
        for (StepSpec row : rows) {
            SwitchoverStep step = Objects.requireNonNull(row.step(), "only a switchover table is rendered");
            text.append("| ").append(step.number());
            text.append(" | ").append(step.title());
            text.append(" | ").append(row.driver().name().toLowerCase(Locale.ROOT));
            text.append(" | ").append(step.requires() == null ? "always" : step.requires() + " selected");
            text.append(" | ").append(row.effect().kind());
            text.append(" | ").append(failure(row.onFailure()));
            text.append(" | ").append(row.barrier() ? "all tasks of the lane" : "");
            text.append(" | ").append(noReturn(row)).append(" |\n");
        }
        return text.toString();
    }

    /** Returns, in Markdown, what an operator may do for every step and standing (SW-11). */
    public String renderActions() {
        StringBuilder text = new StringBuilder("| step |");
        for (StepStanding.State state : StepStanding.State.values()) {
            text.append(' ').append(state).append(" |");
        }
        text.append("\n|---|")
                .append("---|".repeat(StepStanding.State.values().length))
                .append('\n');
        for (StepSpec row : rows) {
            text.append("| ").append(row.name()).append(" |");
            for (StepStanding.State state : StepStanding.State.values()) {
                String open = String.join(
                        ", ",
                        offered(row, state).stream()
                                .map(SwitchoverAction::title)
                                .toList());
                text.append(' ').append(open.isEmpty() ? "-" : open).append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** Returns the table as a Mermaid diagram. */
    public String renderMermaid() {
        StringBuilder text = new StringBuilder("stateDiagram-v2\n    direction TB\n");
        String before = "[*]";
        for (StepSpec row : rows) {
            SwitchoverStep step = Objects.requireNonNull(row.step(), "only a switchover table is rendered");
            text.append("    ")
                    .append(before)
                    .append(" --> ")
                    .append(row.name())
                    .append('\n');
            text.append("    ")
                    .append(row.name())
                    .append(" : ")
                    .append(step.number())
                    .append(". ")
                    .append(step.title());
            text.append(row.driver() == OPERATOR ? "<br/>operator confirms all or one" : "<br/>automatic");
            text.append(row.barrier() ? "<br/>barrier over the lane" : "").append('\n');
            if (row.onFailure().retry()) {
                text.append("    ")
                        .append(row.name())
                        .append(" --> ")
                        .append(row.name())
                        .append(" : retry\n");
            }
            if (row.onFailure().skipWaives() != null) {
                text.append("    note right of ")
                        .append(row.name())
                        .append(" : skip")
                        .append(row.onFailure().askTwice() ? " (asked twice)" : "")
                        .append(" waives ")
                        .append(row.onFailure().skipWaives())
                        .append('\n');
            }
            if (row.noReturn() != ELSEWHERE) {
                text.append("    note left of ")
                        .append(row.name())
                        .append(" : point of no return ")
                        .append(noReturn(row))
                        .append('\n');
            }
            before = row.name();
        }
        return text.append("    ").append(before).append(" --> [*]\n").toString();
    }

    private static SwitchoverAction confirmation(StepSpec row) {
        return row.barrier() ? SwitchoverAction.MARK : SwitchoverAction.CONFIRM;
    }

    private static String failure(OnFailure onFailure) {
        if (onFailure.skipWaives() == null) {
            return onFailure.retry() ? "retry" : "final";
        }
        return "retry, skip" + (onFailure.askTwice() ? " (asked twice)" : "") + " waives " + onFailure.skipWaives();
    }

    private static String noReturn(StepSpec row) {
        return switch (row.noReturn()) {
            case ELSEWHERE -> "";
            case AT_INTENT -> "with its intent";
            case WHEN_OVER_AND_LAST -> "when over, if it is the last step";
        };
    }

    private static StepSpec row(SwitchoverStep step, StepSpec.Driver driver, Effect effect, OnFailure onFailure) {
        return new StepSpec(step.name(), step, driver, effect, onFailure, false, ELSEWHERE);
    }

    private static Effect effect(Effect.Kind kind) {
        return new Effect(kind, LOOK_THEN_REPEAT);
    }
}
