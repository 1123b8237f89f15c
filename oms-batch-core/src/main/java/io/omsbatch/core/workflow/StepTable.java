package io.omsbatch.core.workflow;

import static io.omsbatch.core.workflow.StepSpec.Driver.AUTOMATIC;
import static io.omsbatch.core.workflow.StepSpec.Driver.OPERATOR;
import static io.omsbatch.core.workflow.StepSpec.Effect.Kind.CREATE;
import static io.omsbatch.core.workflow.StepSpec.Effect.Kind.IDEMPOTENT;
import static io.omsbatch.core.workflow.StepSpec.Effect.Kind.IRREVERSIBLE;
import static io.omsbatch.core.workflow.StepSpec.Effect.Kind.READ;
import static io.omsbatch.core.workflow.StepSpec.Effect.Kind.UNDO;
import static io.omsbatch.core.workflow.StepSpec.NoReturn.AT_INTENT;
import static io.omsbatch.core.workflow.StepSpec.NoReturn.ELSEWHERE;
import static io.omsbatch.core.workflow.StepSpec.NoReturn.WHEN_OVER_AND_LAST;
import static io.omsbatch.core.workflow.StepSpec.OnAmbiguity.LOOK_THEN_REPEAT;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.operation.Lockstep;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.workflow.StepSpec.Effect;
import io.omsbatch.core.workflow.StepSpec.Effect.Undo;
import io.omsbatch.core.workflow.StepSpec.OnFailure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The steps a task goes through, in order. A switchover is a table of up to eight rows, the same for both directions; every other operation is a
 * table of one row that the same engine carries out. Immutable.
 *
 * @param rows the steps, at least one
 * @since 0.1.0
 */
public record StepTable(List<StepSpec> rows) {

    private static final String UNDOES = "UNDO_";

    private static final StepTable SWITCHOVER = new StepTable(List.of(
            row(
                    SwitchoverStep.START_FORWARD_SWITCHOVER,
                    OPERATOR,
                    effect(IDEMPOTENT, Undo.IN_TURN_OR_LEFT),
                    OnFailure.RETRY),
            row(
                    SwitchoverStep.SWITCHOVER_PRECHECK,
                    AUTOMATIC,
                    effect(READ, Undo.NOTHING),
                    OnFailure.retryOrSkipAskedTwice(Invariant.PRECHECK_PASSED)),
            row(
                    SwitchoverStep.START_TARGET_STORE,
                    AUTOMATIC,
                    effect(CREATE, Undo.IN_TURN_OR_LEFT),
                    OnFailure.retryOrSkip(Invariant.REVERSE_PATH)),
            row(SwitchoverStep.CONFIRM_WRITES_STOPPED, OPERATOR, effect(IDEMPOTENT, Undo.LAST), OnFailure.RETRY),
            row(
                    SwitchoverStep.CONFIRM_SYNC_TIMESTAMP,
                    AUTOMATIC,
                    effect(READ, Undo.NOTHING),
                    OnFailure.retryOrSkip(Invariant.CAUGHT_UP)),
            row(
                    SwitchoverStep.STOP_FORWARD_SYNC,
                    AUTOMATIC,
                    effect(IDEMPOTENT, Undo.IN_TURN),
                    OnFailure.retryOrSkip(Invariant.FORWARD_STOPPED_BY_ENGINE)),
            new StepSpec(
                    SwitchoverStep.PROCESS_DATABASE_OBJECTS.name(),
                    SwitchoverStep.PROCESS_DATABASE_OBJECTS,
                    OPERATOR,
                    effect(IDEMPOTENT, Undo.IN_TURN_OR_LEFT),
                    OnFailure.RETRY,
                    true,
                    WHEN_OVER_AND_LAST),
            new StepSpec(
                    SwitchoverStep.START_REVERSE_INCREMENT.name(),
                    SwitchoverStep.START_REVERSE_INCREMENT,
                    OPERATOR,
                    effect(IRREVERSIBLE, Undo.NOTHING),
                    OnFailure.RETRY,
                    false,
                    AT_INTENT)));

    /**
     * Copies the rows.
     *
     * @throws io.omsbatch.api.InvalidInputException if there is none
     */
    public StepTable {
        rows = List.copyOf(Objects.requireNonNull(rows, "StepTable.rows"));
        if (rows.isEmpty()) {
            throw new InvalidInputException("StepTable.rows", "is empty; a table needs at least one row");
        }
    }

    /** Returns the whole table of a switchover, all eight steps. */
    public static StepTable switchover() {
        return SWITCHOVER;
    }

    /**
     * Returns the table of a switchover of one migration type (SW-1).
     *
     * @param direction which way it goes
     * @param type the type
     * @return the table with the steps that the type has
     */
    public static StepTable switchover(SwitchoverDirection direction, MigrationType type) {
        List<SwitchoverStep> steps = Objects.requireNonNull(type, "type").switchoverSteps(direction);
        return new StepTable(SWITCHOVER.rows.stream()
                .filter(row -> steps.contains(row.step()))
                .toList());
    }

    /**
     * Returns this table as a run goes through it.
     *
     * @param lockstep whether the run has a barrier
     * @return this table, or one without a barrier
     */
    public StepTable in(Lockstep lockstep) {
        if (Objects.requireNonNull(lockstep, "lockstep").barrier()) {
            return this;
        }
        return new StepTable(rows.stream()
                .map(row -> new StepSpec(
                        row.name(), row.step(), row.driver(), row.effect(), row.onFailure(), false, row.noReturn()))
                .toList());
    }

    /**
     * Returns the table of a plain operation, which has one row.
     *
     * @param kind any operation but the two switchovers
     * @return the table
     */
    public static StepTable operation(OperationKind kind) {
        Effect.Kind effect = switch (Objects.requireNonNull(kind, "kind")) {
            case START,
                    STOP,
                    RESUME,
                    MODIFY_ALERT_LEVEL,
                    SKIP_FULL_VERIFICATION,
                    ENTER_FORWARD_SWITCHOVER,
                    ENTER_SWITCH_BACK -> IDEMPOTENT;
            case END, DELETE -> IRREVERSIBLE;
            case FORWARD_SWITCHOVER, SWITCH_BACK ->
                throw new InvalidInputException(
                        "StepTable.operation", "is the " + kind.title() + "; use switchover(direction, type)");
        };
        return new StepTable(List.of(new StepSpec(
                kind.name(), null, AUTOMATIC, effect(effect, Undo.NOTHING), OnFailure.FINAL, false, ELSEWHERE)));
    }

    /**
     * Returns the steps by which a task is taken back: those that this run carried out, in reverse order, and last the one that gives
     * the source back (SW-8).
     *
     * @param rows the steps the task goes through
     * @param commanded those that this run commanded, whatever came of it
     * @return the rows of the undo; none if there is nothing to take back
     */
    public static List<StepSpec> undoing(List<StepSpec> rows, Set<SwitchoverStep> commanded) {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(commanded, "commanded");
        List<StepSpec> undo = new ArrayList<>();
        StepSpec last = null;
        for (int i = rows.size() - 1; i >= 0; i--) {
            StepSpec row = rows.get(i);
            if (row.step() != null
                    && commanded.contains(row.step())
                    && row.effect().undo() != Undo.NOTHING) {
                if (row.effect().undo() == Undo.LAST) {
                    last = undo(row);
                } else {
                    undo.add(undo(row));
                }
            }
        }
        if (last != null) {
            undo.add(last);
        }
        return List.copyOf(undo);
    }

    /**
     * Returns the switchover step that a row is about.
     *
     * @param row the name of a row, of a switchover or of its undo
     * @return the step
     * @throws IllegalArgumentException if it is none
     */
    public static SwitchoverStep stepOf(String row) {
        return SwitchoverStep.valueOf(undoes(row) ? row.substring(UNDOES.length()) : row);
    }

    /**
     * Returns whether a row takes a step back.
     *
     * @param row the name of a row
     * @return whether it does
     */
    public static boolean undoes(String row) {
        return Objects.requireNonNull(row, "row").startsWith(UNDOES);
    }

    private static StepSpec undo(StepSpec row) {
        return new StepSpec(
                UNDOES + row.name(),
                row.step(),
                AUTOMATIC,
                new Effect(UNDO, LOOK_THEN_REPEAT, row.effect().undo()),
                OnFailure.RETRY,
                false,
                ELSEWHERE);
    }

    /**
     * Returns what an operator may do to a task whose current step stands in a certain way. Total: every pair has an answer,
     * which may be nothing (SW-11). What is not open to a certain task, because it is past its point of no return or its platform
     * cannot undo, is left out by whoever knows that task.
     *
     * @param row the step
     * @param state how it stands
     * @return the actions that are open
     */
    public static Set<SwitchoverAction> offered(StepSpec row, StepStanding.State state) {
        Objects.requireNonNull(row, "row");
        return switch (Objects.requireNonNull(state, "state")) {
            case PENDING, DONE, SKIPPED, UNDONE, UNDOING -> Set.of();
            case GATED ->
                at(
                        row,
                        EnumSet.of(
                                confirmation(row),
                                SwitchoverAction.EJECT,
                                SwitchoverAction.LEAVE,
                                SwitchoverAction.ABORT));
            case WAITING -> at(row, EnumSet.of(SwitchoverAction.EJECT, SwitchoverAction.LEAVE, SwitchoverAction.ABORT));
            case RUNNING ->
                row.noReturn() == ELSEWHERE
                        ? EnumSet.of(SwitchoverAction.EJECT, SwitchoverAction.ABORT)
                        : EnumSet.of(SwitchoverAction.EJECT);
            case FAILED, UNKNOWN -> {
                Set<SwitchoverAction> open =
                        EnumSet.of(SwitchoverAction.EJECT, SwitchoverAction.LEAVE, SwitchoverAction.ABORT);
                if (row.onFailure().retry()) {
                    open.add(SwitchoverAction.RETRY);
                }
                if (row.onFailure().skipWaives() != null) {
                    open.add(SwitchoverAction.SKIP);
                }
                yield at(row, open);
            }
            case UNDO_FAILED -> EnumSet.of(SwitchoverAction.RETRY, SwitchoverAction.LEAVE);
        };
    }

    /** Once forward sync is stopped the target may be opened to the application, and nowhere before. */
    private static Set<SwitchoverAction> at(StepSpec row, Set<SwitchoverAction> open) {
        if (row.step() == SwitchoverStep.PROCESS_DATABASE_OBJECTS
                || row.step() == SwitchoverStep.START_REVERSE_INCREMENT) {
            open.add(SwitchoverAction.OPEN_TARGET);
        }
        return open;
    }

    /**
     * Returns the table in Markdown: a row per step.
     *
     * @param direction which way the switchover goes
     * @return the text
     */
    public String renderMarkdown(SwitchoverDirection direction) {
        return StepTableText.markdown(this, Objects.requireNonNull(direction, "direction"));
    }

    /** Returns, in Markdown, what an operator may do for every step and standing (SW-11). */
    public String renderActions() {
        return StepTableText.actions(this);
    }

    /** Returns the table as a Mermaid diagram. */
    public String renderMermaid() {
        return StepTableText.mermaid(this);
    }

    private static SwitchoverAction confirmation(StepSpec row) {
        return row.step() == SwitchoverStep.PROCESS_DATABASE_OBJECTS ? SwitchoverAction.MARK : SwitchoverAction.CONFIRM;
    }

    private static StepSpec row(SwitchoverStep step, StepSpec.Driver driver, Effect effect, OnFailure onFailure) {
        return new StepSpec(step.name(), step, driver, effect, onFailure, false, ELSEWHERE);
    }

    private static Effect effect(Effect.Kind kind, Undo undo) {
        return new Effect(kind, LOOK_THEN_REPEAT, undo);
    }
}
