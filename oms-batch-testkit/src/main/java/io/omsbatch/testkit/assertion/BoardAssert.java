package io.omsbatch.testkit.assertion;

import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asserts where the tasks of a switchover stand, and what is offered for them. {@link #at}, {@link #ended} and {@link #task} name the task
 * that what follows is about. Each method returns the same object, and throws an {@link AssertionError} with the whole board when it fails. Not
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class BoardAssert {

    private final SwitchoverBoard board;
    private final Picture picture;
    private @Nullable BoardTask named;

    BoardAssert(SwitchoverBoard board) {
        this.board = Picture.given(board, "board");
        this.picture = new Picture("board", board::render);
    }

    /**
     * Names the task that what follows is about, and asserts that it is on the board.
     *
     * @param task the task
     * @return this
     */
    public BoardAssert task(TaskRef task) {
        Picture.given(task, "task");
        Optional<BoardTask> found =
                board.tasks().stream().filter(each -> each.ref().equals(task)).findFirst();
        picture.require(
                found.isPresent(),
                () -> "expected " + task + " on the board, but there are only "
                        + board.tasks().stream().map(BoardTask::ref).toList());
        named = found.orElseThrow();
        return this;
    }

    /**
     * Names a task, and asserts at which step it stands, and how.
     *
     * @param task the task
     * @param step the step
     * @param state how it stands there
     * @return this
     */
    public BoardAssert at(TaskRef task, SwitchoverStep step, StepStanding.State state) {
        Picture.given(step, "step");
        Picture.given(state, "state");
        StepStanding current = task(task).named().current();
        picture.require(
                current != null && current.step() == step && current.state() == state,
                () -> "expected " + task + " at " + step + ", " + state + ", but it "
                        + (current == null ? "has ended" : "is at " + current.step() + ", " + current.state()));
        return this;
    }

    /**
     * Names a task, and asserts that it has ended.
     *
     * @param task the task
     * @return this
     */
    public BoardAssert ended(TaskRef task) {
        StepStanding current = task(task).named().current();
        picture.require(
                current == null,
                () -> "expected " + task + " to have ended, but it is at "
                        + (current == null ? "nothing" : current.step() + ", " + current.state()));
        return this;
    }

    /**
     * Asserts how the task that was named stands at any of its steps.
     *
     * @param step the step
     * @param state how it stands there
     * @return this
     */
    public BoardAssert step(SwitchoverStep step, StepStanding.State state) {
        Picture.given(step, "step");
        Picture.given(state, "state");
        List<StepStanding.State> found = named().steps().stream()
                .filter(each -> each.step() == step)
                .map(StepStanding::state)
                .toList();
        picture.require(
                found.equals(List.of(state)),
                () -> "expected " + step + " of " + named().ref() + " to be " + state + ", but it "
                        + (found.isEmpty() ? "has no such step" : "is " + found.get(0)));
        return this;
    }

    /**
     * Asserts that these actions are offered for the task that was named; others may be, too.
     *
     * @param actions the actions
     * @return this
     */
    public BoardAssert offers(SwitchoverAction... actions) {
        Set<SwitchoverAction> wanted = actions(actions);
        picture.require(
                named().actions().containsAll(wanted),
                () -> "expected " + named().ref() + " to offer " + wanted + ", but it offers " + named().actions());
        return this;
    }

    /**
     * Asserts that exactly these actions are offered for the task that was named.
     *
     * @param actions the actions; none where nothing may be done
     * @return this
     */
    public BoardAssert offersOnly(SwitchoverAction... actions) {
        Set<SwitchoverAction> wanted = actions(actions);
        picture.require(
                named().actions().equals(wanted),
                () -> "expected " + named().ref() + " to offer only " + wanted + ", but it offers "
                        + named().actions());
        return this;
    }

    /**
     * Asserts what the task that was named waits for.
     *
     * @param part a part of the text
     * @return this
     */
    public BoardAssert waitsFor(String part) {
        Picture.given(part, "part");
        StepStanding current = named().current();
        String waits = current == null ? "" : current.waitsFor();
        picture.require(
                waits.contains(part),
                () -> "expected " + named().ref() + " to wait for \"" + part + "\", but it waits for \"" + waits
                        + "\"");
        return this;
    }

    /**
     * Asserts that the task that was named goes on alone, without waiting at the barrier.
     *
     * @return this
     */
    public BoardAssert alone() {
        picture.require(
                named().ejected(), () -> "expected " + named().ref() + " to go on alone, but it is in its lane");
        return this;
    }

    /**
     * Asserts that the source of the task that was named is frozen.
     *
     * @return this
     */
    public BoardAssert frozen() {
        picture.require(
                named().course().freeze() != null,
                () -> "expected the source of " + named().ref() + " to be frozen, but it is not");
        return this;
    }

    private static Set<SwitchoverAction> actions(SwitchoverAction... actions) {
        Set<SwitchoverAction> wanted = EnumSet.noneOf(SwitchoverAction.class);
        wanted.addAll(List.of(Picture.given(actions, "actions")));
        return wanted;
    }

    private BoardTask named() {
        if (named == null) {
            throw new IllegalStateException("name a task first, with at, ended or task");
        }
        return named;
    }
}
