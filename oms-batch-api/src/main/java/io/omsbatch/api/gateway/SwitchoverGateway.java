package io.omsbatch.api.gateway;

import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.TaskRef;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The port to a platform that can switch over. What {@link TaskGateway} says of threads, interrupts and failures holds here
 * too. The testkit's {@code SwitchoverGatewayContract} proves an implementation right.
 *
 * <p>A task stands at one step at a time ({@link SwitchoverSnapshot#progress()}), beginning with the first step of its type
 * in state WAITING once it has entered the forward switchover or the switch back, each time in the next round. All that follows is said
 * for the forward direction; in a switch back source and target, forward and reverse change places
 * ({@link io.omsbatch.api.task.SwitchoverDirection}), in what is shown and in what is done. A step of another round than the one in
 * which the task stands is refused. {@code RUN} takes it through the step: the step is over when the task
 * is DONE at it or stands at a later one. What each step means for the platform:
 *
 * <ol>
 *   <li>start forward switchover: a mark; changes nothing.
 *   <li>switchover precheck: looks, reports its findings; FAILED if one of them is blocking. A new RUN looks again.
 *   <li>start target store: creates, or finds its own, reader of the target's changes; over once its start position is
 *       known.
 *   <li>confirm writing stopped: fences or trusts, as the platform can, then reads the stop position AFTER that; over once
 *       {@link SwitchoverSnapshot#stopPoint()} is known.
 *   <li>confirm sync timestamp: never commanded to run before the engine has seen the samples it needs; RUN then only moves
 *       the task on.
 *   <li>stop forward sync: over once the forward link was OBSERVED to carry nothing.
 *   <li>process database objects: deals with the objects, or takes the operator's word that they are dealt with.
 *   <li>start reverse increment: refuses unless the forward link is observed to be quiet; over once the reverse link was
 *       OBSERVED running.
 * </ol>
 *
 * <p>A platform that declares {@link GatewayCapability#UNDO} also takes steps back. {@code UNDO} of a step removes what that step
 * did, and puts the task back to that step, WAITING, if it stood there or later; a task that stands before it stays where it is. The
 * engine asks for it in reverse order, the source last, and only for steps that its run commanded. What must be seen then:
 *
 * <ol>
 *   <li>start forward switchover: the task stands at this step, WAITING.
 *   <li>start target store: no start position, and no reverse link.
 *   <li>confirm writing stopped: no stop point; {@link SyncLinks#sourceGuard()} OPEN or NONE.
 *   <li>stop forward sync: the forward link RUNNING. Asked for only while {@link SyncLinks#targetWrites()} is NONE; refuse it otherwise.
 *   <li>process database objects: the task stands before the end of this step.
 * </ol>
 *
 * <p>A step may have failed half-way, so its UNDO is always sent once, whatever is shown; one that was never carried out is undone already. Once an UNDO of a step was taken, a RUN of it by the same run must be refused,
 * however late it comes. An UNDO that is taken clears {@link SwitchoverSnapshot#problem()}; one that fails later shows its problem there, and
 * the task stays where it stands.
 *
 * @since 0.1.0
 */
public interface SwitchoverGateway extends TaskGateway {

    /**
     * Observes tasks in their switchover.
     *
     * @param tasks which tasks, 1 to the engine's page size (100 by default)
     * @return a snapshot for each task that is in the switchover; a missing one says that it is not, or does not exist
     * @throws GatewayException if the tasks could not be observed
     */
    Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks);

    /**
     * Makes the checks of the switchover precheck without any effect, whether or not the tasks are in the switchover; for the direction in which a task would go next. Called for
     * dry runs, and only where {@link GatewayCapability#PRECHECK_READ_ONLY} is declared. The step itself is commanded as any other.
     *
     * @param tasks which tasks, 1 to the engine's page size (100 by default)
     * @return what was found for each task that exists, the checks that passed included
     * @throws GatewayException if the checks could not be made
     */
    default Map<TaskRef, List<PrecheckItem>> precheck(Set<TaskRef> tasks) {
        throw new UnsupportedOperationException("declare PRECHECK_READ_ONLY only with SwitchoverGateway.precheck");
    }

    /**
     * Carries out, or passes over, one step of one task. Repeating it for a step that is over, or under way, has no further
     * effect.
     *
     * @param command task, step, what to do, and the key, attempt, token and deadline of this call
     * @return the platform's answer
     * @throws GatewayException if the call failed; its kind says whether it may have had its effect
     */
    GatewayReply command(StepCommand command);
}
