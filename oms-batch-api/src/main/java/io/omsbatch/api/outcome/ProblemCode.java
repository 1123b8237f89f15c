package io.omsbatch.api.outcome;

/**
 * The stable codes of the problems that the engine itself reports; a platform's refusals carry the platform's codes.
 *
 * @since 0.1.0
 */
public enum ProblemCode {
    /** The call did not return within the call timeout; it may have had its effect. */
    CALL_TIMED_OUT("look at the task on its platform before trying again", false),
    /** The reply was lost; the call may have had its effect. */
    REPLY_LOST("look at the task on its platform before trying again", false),
    /** The gateway broke its contract: threw something unknown, returned null, or answered for another task. */
    GATEWAY_BROKEN("mend the gateway; its contract test shows what is wrong", false),
    /** The platform failed every attempt without an effect. */
    RETRIES_EXHAUSTED("wait until the platform is well again, then run the task again", true),
    /** Every slot of the limit is held by a call that never returned, so the task could not be begun. */
    GATEWAY_UNRESPONSIVE("find out why the platform does not answer, then run the task again", true),
    /** The wanted state was not observed before the settle deadline. */
    NOT_SETTLED("look at the task on its platform; it may still get there by itself", false),
    /** The task reached a status from which the wanted state cannot follow. */
    SETTLED_ELSEWHERE("look at what happened to the task on its platform", false),
    /** The task vanished from its platform during the operation. */
    TASK_GONE("find out who removed it", false),
    /** The task could not be read. */
    READ_FAILED("find out why the platform does not answer, then run the task again", true),
    /** The access policy does not let the actor go on with a task on which the run has begun. */
    ACCESS_DENIED("let somebody with access go on with it, or leave or abort it", true),
    /** Another run holds the task. */
    CLAIMED_BY_ANOTHER_RUN("wait for that run to end, or ask its operator", true),
    /** An earlier run left the task UNKNOWN and nobody has settled that yet. */
    UNSETTLED_BEFORE("look at the task, then confirm again acknowledging it", false),
    /** The task changed between plan and command. */
    CHANGED_SINCE_PLAN("plan again and look at what changed", false),
    /** The journal could not take the intent, so the call was not made. */
    JOURNAL_UNAVAILABLE("mend the journal's store, then run the task again", true),
    /** The engine could not make sure in time that the run is still its own, so the call was not made. */
    LEASE_NOT_RENEWED("nothing: it is sent again once the lease is renewed", true),
    /** No call slot was free while the look before the command was fresh, so the call was not made. */
    NO_FREE_SLOT("nothing: it is sent again after a new look", true),
    /** The engine that sent the command died, or lost the run, before it wrote what came of it. */
    OWNER_LOST("look at the task", true),
    /** Another engine owns the run by now, because this one could not renew its lease in time; here it is LOST. */
    OWNERSHIP_LOST(
            "nothing: the engine that owns the run goes on with it; find it again by its id to follow it there", false),
    /** What another owner left of the run could not be understood. */
    NOT_RECOVERABLE("run a version of this library that knows what the journal holds", false),
    /** The engine itself failed; the run is parked. */
    ENGINE_DEFECT("report the defect with the log; the tasks stay as the journal says", false),
    /** The engine was closed before the task was begun. */
    ENGINE_CLOSED("let an engine that shares the journal recover the run", true),
    /** An operator canceled the run before the task was begun, or before it was tried again. */
    RUN_CANCELED("plan the task again if it is still wanted", true),
    /** The last switchover of the task was over only a short while ago, so no further one is begun. */
    SWITCHED_LATELY(
            "wait, and find out why the application is to change sides again; or retry, which accepts it", true),
    /** The last full verification is too long ago, or there was none, so writes were not stopped. */
    VERIFICATION_TOO_OLD("verify the task again; or retry, which accepts that it was not", true),
    /** The reverse increment could not be started later, so writes were not stopped. */
    REVERSE_BLOCKED("repair that, then retry; or abort, and switch over without a way back by skipping step 3", true),
    /** The source would be frozen for longer than its budget, so its writes were not stopped. */
    FREEZE_PREDICTED("wait until the lag is smaller; or retry, which accepts a longer freeze", true),
    /** The source has been frozen for longer than its budget, so no further step starts by itself. */
    FREEZE_SPENT(
            "retry to go on, abort, or leave the task; after a takeover first make sure that nothing writes to the source",
            true),
    /** An operator aborted the task before anything was done to it. */
    ABORTED("plan the task again if it is still wanted", true),
    /** Something that the run did to the task is still there. */
    NOT_UNDONE("take it back on the platform", false),
    /** There is no evidence that the application wrote nothing to the target, so the forward sync is not started again. */
    TARGET_WRITTEN("find out who writes to the target; go forward, or leave the task and repair it by hand", false),
    /** More tasks failed than the failure budget of the run allows, so nothing more was begun. */
    BUDGET_SPENT("find out why so many tasks failed, then run the rest again", true),
    /** An operator closed the parked run without knowing what became of the task. */
    CLOSED_AS_UNKNOWN("look at the task on its platform before trying again", false),
    /** The switchover precheck found blocking items. */
    PRECHECK_FAILED("repair what the items name, then retry; or skip with consent", false),
    /** The target did not reach the write stop in time. */
    NOT_CAUGHT_UP("find out what holds the sync back, then retry", true),
    /** The task is no longer at work in the switchover. */
    NOT_IN_SWITCHOVER("find out who took the task out of the switchover, then retry or leave it", false),
    /** The forward sync may still carry changes, so nothing may flow back yet. */
    FORWARD_NOT_STOPPED("stop the forward sync, then retry", true),
    /** The forward sync does not run, so the source is not given back yet. */
    FORWARD_NOT_RUNNING("start the forward sync, then retry", true),
    /** The reverse path does not exist, so the step that needs it cannot be taken. */
    NO_REVERSE_PATH("start the target store, then retry", false),
    /** The platform reported the step as failed. */
    STEP_FAILED("repair what the platform names, then retry", false);

    private final String remedy;
    private final boolean retryable;

    ProblemCode(String remedy, boolean retryable) {
        this.remedy = remedy;
        this.retryable = retryable;
    }

    /** Returns what to do about it. */
    public String remedy() {
        return remedy;
    }

    /** Returns whether trying again later may help without repairing anything. */
    public boolean retryable() {
        return retryable;
    }
}
