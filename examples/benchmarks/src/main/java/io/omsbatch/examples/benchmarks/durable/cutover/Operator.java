package io.omsbatch.examples.benchmarks.durable.cutover;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.SwitchoverStep;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Confirms each gate for all tasks of a lane, and marks their objects, as soon as all of them stand there. */
final class Operator implements BatchListener {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** After how long the board is looked at though no event said so: a listener may miss some. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final List<SwitchoverAction> WORK = List.of(SwitchoverAction.CONFIRM, SwitchoverAction.MARK);

    private final Actor actor;
    private final int tasks;
    private final Map<SwitchoverStep, Integer> gated = new EnumMap<>(SwitchoverStep.class);
    private final Semaphore calls = new Semaphore(0);

    Operator(Actor actor, int tasks) {
        this.actor = actor;
        this.tasks = tasks;
    }

    @Override
    public void onEvent(BatchEvent event) {
        if (event instanceof BatchEvent.StepChanged changed
                && changed.standing().state() == StepStanding.State.GATED
                && gated.merge(changed.standing().step(), 1, Integer::sum) == tasks) {
            calls.release();
        }
    }

    /** Works until the switchover is over. */
    void takeThrough(SwitchoverWorkflow cutover) throws InterruptedException, TimeoutException {
        cutover.completion().whenComplete((report, stopped) -> calls.release());
        long begun = System.nanoTime();
        while (!cutover.completion().toCompletableFuture().isDone()) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new TimeoutException(cutover.board().render());
            }
            if (calls.tryAcquire(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
                calls.drainPermits();
            }
            SwitchoverBoard board = cutover.board();
            board.lanes().forEach(lane -> work(cutover, board, lane));
        }
    }

    private void work(SwitchoverWorkflow cutover, SwitchoverBoard board, SwitchoverBoard.LaneBoard lane) {
        for (SwitchoverAction action : WORK) {
            List<BoardTask> open = lane.tasks().stream()
                    .filter(task -> task.actions().contains(action))
                    .toList();
            StepStanding first = open.isEmpty() ? null : open.get(0).current();
            if (first != null && open.size() == lane.tasks().size()) {
                cutover.act(
                        Control.all(action, first.step(), lane.lane().number(), board.version(), actor, "measured"));
            }
        }
    }
}
