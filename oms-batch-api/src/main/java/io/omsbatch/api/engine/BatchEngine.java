package io.omsbatch.api.engine;

import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Plans and runs batch operations over the tasks of one platform. Thread-safe. Build one per platform and keep it.
 *
 * @since 0.1.0
 */
public interface BatchEngine extends AutoCloseable {

    /**
     * Looks through all tasks of the platform and returns those that are wanted, to make a request of.
     *
     * @param wanted decides by the task as it was read; called in the calling thread, and what it throws is thrown on
     * @param most how many at most, 1 to 1 000 000
     * @return the wanted tasks, each once, in the platform's order
     * @throws io.omsbatch.api.gateway.GatewayException if the platform could not be read, its pages do not come to an end
     *     (100 000 at most, 1 000 empty ones in a row), or the thread was interrupted; nothing was changed
     * @throws PlanRefusedException if the engine is closed, or was while the platform was read
     */
    List<TaskRef> select(Predicate<MigrationTask> wanted, int most);

    /**
     * Reads the selected tasks, judges them, and keeps the plan for its confirmation. Changes nothing on the platform
     * (PLAN-1).
     *
     * @param request what is asked for
     * @return what a confirmation dialog shows
     * @throws io.omsbatch.api.InvalidInputException if the request has more tasks than this engine allows, a task of a platform
     *     that its gateway does not serve, or names a run to redrive that is not there
     * @throws io.omsbatch.api.gateway.GatewayException if the platform could not be read, or the thread was interrupted; nothing
     *     was changed
     * @throws PlanRefusedException if the request id belongs to a run with another request, or the engine is closed, or was while
     *     the platform was read
     */
    BatchPlan plan(BatchRequest request);

    /**
     * Finds out what a run of a request would do: plans it, looks whether the first step of each task could be done now, makes the
     * prechecks of a switchover where the platform can do so without an effect, and estimates how long it would take by runs that
     * have ended. Changes nothing on the platform, and writes nothing (PLAN-1).
     *
     * @param request what would be asked for; its id may be used by a run
     * @return what would be done
     * @throws io.omsbatch.api.InvalidInputException as {@link #plan} throws it
     * @throws io.omsbatch.api.gateway.GatewayException if the platform could not be read or checked, or the thread was interrupted
     * @throws io.omsbatch.api.journal.JournalException if the journal does not answer
     * @throws PlanRefusedException if the engine is closed, or was while the platform was read
     */
    DryRun dryRun(BatchRequest request);

    /**
     * Approves of a plan as a second person, so that it may be run. Which operations need that, and for how long it holds, is set about
     * the engine ({@code PlanSettings}); the plan says so in its warnings. It is kept in the journal, so that another engine may run
     * the plan, in place of what the same person said of it before.
     *
     * @param plan the fingerprint of the plan
     * @param actor the second person, neither who asked for the plan nor who confirms it, and with access to all its tasks
     * @param reason why, 1 to 1 000 characters, not blank
     * @return what was kept
     * @throws io.omsbatch.api.InvalidInputException if the reason breaks its limit
     * @throws io.omsbatch.api.journal.JournalException if the journal does not answer
     * @throws PlanRefusedException if the plan is unknown or expired, the actor is who asked for it or has no access to one of its
     *     tasks, or the engine is closed; nothing was kept
     */
    Approval approve(String plan, Actor actor, String reason);

    /**
     * Rejects a plan as a second person, so that it may not be run, whoever else approved of it, until the same person approves of it.
     *
     * @param plan the fingerprint of the plan
     * @param actor the second person, as {@link #approve} wants it
     * @param reason why, 1 to 1 000 characters, not blank
     * @return what was kept
     * @throws io.omsbatch.api.InvalidInputException as {@link #approve} throws it
     * @throws io.omsbatch.api.journal.JournalException if the journal does not answer
     * @throws PlanRefusedException as {@link #approve} throws it
     */
    Approval reject(String plan, Actor actor, String reason);

    /**
     * Runs a confirmed plan. A request that led to a run already leads to the same one (RUN-11). The run of a forward switchover
     * is a {@link SwitchoverWorkflow} and waits for its operator; {@link #switchover} returns it as one.
     *
     * @param confirmation the consent to a plan that was made here or on another engine with the same journal
     * @return the run, under way
     *     If another engine works on it, it is followed.
     * @throws PlanRefusedException if the plan is unknown, altered or expired, or has a task of a platform that the gateway of this
     *     engine does not serve, or the request id is taken by another request, or it needs an approval that it does not have, or the
     *     engine is closed; nothing was changed
     */
    BatchRun run(Confirmation confirmation);

    /**
     * Runs a confirmed plan of a forward switchover.
     *
     * @param confirmation the consent to the plan
     * @return the switchover, under way
     * @throws PlanRefusedException as {@link #run}, and if the plan is of another operation; nothing was changed
     */
    SwitchoverWorkflow switchover(Confirmation confirmation);

    /**
     * Takes over the runs that no living engine owns and goes on with them from where their journal says they stood (DUR-1);
     * from then on until it is closed the engine looks again for such runs whenever it renews its leases. Meant to be called once
     * when a host starts. A run that cannot be understood is parked and does not hinder the others. Runs with tasks of platforms
     * that the gateway says it does not serve ({@link io.omsbatch.api.gateway.GatewayCapabilities#platforms()}) are left alone.
     *
     * @return the runs that were taken over by this call
     * @throws io.omsbatch.api.journal.JournalException if the journal does not answer
     * @throws PlanRefusedException if the engine is closed
     */
    List<BatchRun> recover();

    /**
     * Returns the runs this engine works on or remembers, oldest first. Of those that are over it remembers the last 100, and
     * fewer if together they have more than 100 000 tasks; a parked run is never forgotten.
     */
    List<BatchRun> runs();

    /**
     * Finds a run, also one that another engine works on, or that is over, as long as the journal has it.
     *
     * @param runId the run
     * @return the run, a {@link SwitchoverWorkflow} if it is one
     * @throws io.omsbatch.api.journal.JournalException if this engine does not know the run and the journal does not answer
     */
    Optional<BatchRun> find(String runId);

    /**
     * Lists the runs in the journal, whichever engine works on them, those confirmed last first.
     *
     * @param filter which runs
     * @param from the cursor of the page before, or null for the first page
     * @param most how many at most, 1 to 1 000
     * @return the page
     * @throws io.omsbatch.api.journal.JournalException if the journal does not answer
     */
    RunPage list(RunFilter filter, @Nullable String from, int most);

    /**
     * Makes a request that takes tasks of an ended run up once more: those that ended in certain ways, with the same operation
     * and policy. Plan it, look at it and confirm it as any other; nothing is known to be as it was then.
     *
     * @param requestId the caller's id of the new request
     * @param actor who asks
     * @param runId the ended run
     * @param outcomes how the tasks ended that are wanted, at least one kind
     * @return the request, with the tasks in the order of the run; {@link BatchRequest#with} gives it another policy
     * @throws io.omsbatch.api.InvalidInputException if there is no such run, it has not ended, or no task of it ended so
     * @throws io.omsbatch.api.journal.JournalException if the journal does not answer
     */
    BatchRequest redrive(String requestId, Actor actor, String runId, Set<TaskOutcome.Kind> outcomes);

    /**
     * Returns what is true by now of the tasks of a run, over that run and all that took its tasks up once more, and theirs in
     * turn. Reads all that was written of these runs.
     *
     * @param runId the run
     * @return its family; empty if there is no such run
     * @throws io.omsbatch.api.InvalidInputException if the family has more than 1 000 runs
     * @throws io.omsbatch.api.journal.JournalException if the journal does not answer
     */
    Optional<RunFamily> family(String runId);

    /**
     * Tells what happened to a task in a run, in order, and what it waits for (SEC-4).
     *
     * @param runId the run
     * @param task the task
     * @return the story; empty if there is no such run, or it has no such task
     * @throws io.omsbatch.api.journal.JournalException if the journal does not answer
     */
    Optional<TaskStory> explain(String runId, TaskRef task);

    /**
     * Checks the hash chain of what a run wrote (SEC-4).
     *
     * @param runId the run
     * @return what was found
     * @throws io.omsbatch.api.journal.JournalException if there is no such run, or the journal does not answer
     */
    AuditCheck verifyAudit(String runId);

    /**
     * Begins nothing new, refuses at once whoever still waits for a plan or a selection, lets commands in flight settle for a
     * bounded time, and parks what has not ended by then; with a journal that others share, one that recovers goes on with it.
     * Idempotent.
     */
    @Override
    void close();
}
