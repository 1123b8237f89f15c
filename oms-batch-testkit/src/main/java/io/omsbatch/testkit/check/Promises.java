package io.omsbatch.testkit.check;

import io.omsbatch.api.task.TaskRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One check for each promise that can be judged from a recorded run. Each returns if the promise was kept, and else throws an
 * AssertionError with the promise's id, what was broken, and the whole history.
 *
 * @since 0.1.0
 */
public final class Promises {

    private Promises() {}

    /**
     * Returns every check that one run can be judged by alone, by the id of its promise, in order.
     *
     * @param switchover whether the run is a switchover, forward or back
     * @return the checks, which throw an AssertionError if the promise was broken
     */
    public static Map<String, Consumer<RunHistory>> checks(boolean switchover) {
        Map<String, Consumer<RunHistory>> checks = new LinkedHashMap<>();
        checks.put("PLAN-1", Promises::plan1);
        checks.put("PLAN-2", Promises::plan2);
        checks.put("PLAN-3", Promises::plan3);
        checks.put("RUN-1", Promises::run1);
        checks.put("RUN-2", Promises::run2);
        checks.put("RUN-3", Promises::run3);
        checks.put("RUN-4", Promises::run4);
        checks.put("RUN-5", history -> run5(List.of(history)));
        checks.put("RUN-7", Promises::run7);
        checks.put("RUN-8", Promises::run8);
        checks.put("RUN-9", Promises::run9);
        checks.put("RUN-10", Promises::run10);
        checks.put("DUR-1", Promises::dur1);
        checks.put("DUR-2", Promises::dur2);
        checks.put("DUR-3", Promises::dur3);
        checks.put("DUR-4", Promises::dur4);
        checks.put("DUR-5", Promises::dur5);
        checks.put("SEC-1", Promises::sec1);
        checks.put("SEC-2", Promises::sec2);
        checks.put("SEC-3", Promises::sec3);
        checks.put("SEC-4", Promises::sec4);
        if (switchover) {
            checks.put("RUN-12", Promises::run12);
            checks.put("SW-1", Promises::sw1);
            checks.put("SW-2", Promises::sw2);
            checks.put("SW-3", Promises::sw3);
            checks.put("SW-4", Promises::sw4);
            checks.put("SW-5", Promises::sw5);
            checks.put("SW-6", Promises::sw6);
            checks.put("SW-7", Promises::sw7);
            checks.put("SW-8", Promises::sw8);
            checks.put("SW-9", Promises::sw9);
            checks.put("SW-10", Promises::sw10);
            checks.put("SW-11", Promises::sw11);
        }
        return checks;
    }

    /**
     * Checks every promise that one run can be judged by alone.
     *
     * @param history what is known of the run
     */
    public static void all(RunHistory history) {
        checks(history.operation().kind().isSwitchover()).values().forEach(check -> check.accept(history));
    }

    /**
     * PLAN-1: nothing is changed before a run is confirmed.
     *
     * @param history what is known of the run
     */
    public static void plan1(RunHistory history) {
        PlanPromises.plan1(history);
    }

    /**
     * PLAN-2: every selected id appears exactly once in the plan, in order, with a reason if it is out.
     *
     * @param history what is known of the run
     */
    public static void plan2(RunHistory history) {
        PlanPromises.plan2(history);
    }

    /**
     * PLAN-3: a task is commanded only after a read that began after its claim, is fresh, and showed it eligible by the
     * documented policy; for end, delete and the switchover also unchanged. In a switchover the observation that follows the
     * read may be what is fresh.
     *
     * @param history what is known of the run
     */
    public static void plan3(RunHistory history) {
        PlanPromises.plan3(history);
    }

    /**
     * RUN-1: every selected id ends with exactly one outcome, the same in report and journal, and nothing follows it; an
     * outcome that says that nothing was commanded says so truly.
     *
     * @param history what is known of the run
     */
    public static void run1(RunHistory history) {
        RunPromises.run1(history);
        RunPromises.uncommanded(history);
    }

    /**
     * RUN-2: each command has an intent of its own before it, with the same key, attempt and token.
     *
     * @param history what is known of the run
     */
    public static void run2(RunHistory history) {
        RunPromises.run2(history);
    }

    /**
     * RUN-3: a command whose effect is in doubt is repeated only when that is safe, with the same key, and is called failed
     * only with evidence.
     *
     * @param history what is known of the run
     */
    public static void run3(RunHistory history) {
        DoubtPromises.run3(history);
    }

    /**
     * RUN-4: a task succeeded only if the wanted state was seen after its command.
     *
     * @param history what is known of the run
     */
    public static void run4(RunHistory history) {
        DoubtPromises.run4(history);
    }

    /**
     * RUN-5: a run commands only tasks that it holds.
     *
     * @param histories what is known of the runs that shared a journal
     */
    public static void run5(List<RunHistory> histories) {
        RunPromises.run5(histories);
    }

    /**
     * RUN-6: tasks that nothing befell are in the wanted state, whatever befell the others. Does not hold where abandoned
     * calls fill the limit, or where an operator held tasks back.
     *
     * @param history what is known of the run
     * @param befallen the tasks of all calls that went wrong
     */
    public static void run6(RunHistory history, Set<TaskRef> befallen) {
        RunPromises.run6(history, befallen);
    }

    /**
     * RUN-7: the failure budget and the ramp bound what is in flight, and nothing new begins once the budget is spent.
     *
     * @param history what is known of the run
     */
    public static void run7(RunHistory history) {
        BudgetPromises.run7(history);
        WavePromises.run7(history);
    }

    /**
     * RUN-8: the run ends, in time.
     *
     * @param history what is known of the run
     */
    public static void run8(RunHistory history) {
        RunPromises.run8(history);
    }

    /**
     * RUN-9: a paused or canceled run begins nothing new, and nothing is canceled that nobody canceled; a command that came through
     * the inbox has one answer (RUN-12).
     *
     * @param history what is known of the run
     */
    public static void run9(RunHistory history) {
        OrderPromises.run9(history);
        OrderPromises.answeredOnce(history);
    }

    /**
     * RUN-10: no more calls are in flight at once, given up or not, and none begin more often, than the limits allow; nor are more
     * tasks that share a resource in flight, from their commands until it was written what came of them. The journal must be that
     * of one engine, which others did not take runs over from.
     *
     * @param history what is known of the run
     */
    public static void run10(RunHistory history) {
        LimitPromises.run10(history);
    }

    /**
     * RUN-11: one request leads to one run.
     *
     * @param histories what is known of the runs that shared a journal
     */
    public static void run11(List<RunHistory> histories) {
        RunPromises.run11(histories);
    }

    /**
     * DUR-1: whoever goes on with a run does what was confirmed, to the tasks that it was confirmed for, and nothing else.
     *
     * @param history what is known of the run
     */
    public static void dur1(RunHistory history) {
        DurabilityPromises.dur1(history);
    }

    /**
     * DUR-2: each owner of a run has a higher token than the one before, and commands bear the token of an owner.
     *
     * @param history what is known of the run
     */
    public static void dur2(RunHistory history) {
        DurabilityPromises.dur2(history);
    }

    /**
     * DUR-3: nobody takes a run over before the lease of its owner is over, or given up.
     *
     * @param history what is known of the run
     */
    public static void dur3(RunHistory history) {
        DurabilityPromises.dur3(history);
    }

    /**
     * DUR-4: what the journal acknowledged has its place in it, without a gap.
     *
     * @param history what is known of the run
     */
    public static void dur4(RunHistory history) {
        DurabilityPromises.dur4(history);
    }

    /**
     * DUR-5: a result is written only by who owns the run then.
     *
     * @param history what is known of the run
     */
    public static void dur5(RunHistory history) {
        DurabilityPromises.dur5(history);
    }

    /**
     * SW-11: what is accepted from an operator is something that can be done at that step.
     *
     * @param history what is known of the run
     */
    public static void sw11(RunHistory history) {
        SwitchoverPromises.sw11(history);
    }

    /**
     * SEC-1: to a task that the access policy denied nothing is done, and the denial is its outcome.
     *
     * @param history what is known of the run
     */
    public static void sec1(RunHistory history) {
        SafetyPromises.sec1(history);
    }

    /**
     * SEC-3: what is kept of a run is bounded.
     *
     * @param history what is known of the run
     */
    public static void sec3(RunHistory history) {
        SafetyPromises.sec3(history);
    }

    /**
     * SEC-4: whatever an operator did says who and why.
     *
     * @param history what is known of the run
     */
    public static void sec4(RunHistory history) {
        SafetyPromises.sec4(history);
    }

    /**
     * RUN-12: no confirmation reaches two gates, and each was for the step at which its task stood.
     *
     * @param history what is known of the run
     */
    public static void run12(RunHistory history) {
        SwitchoverPromises.run12(history);
    }

    /**
     * SW-1: a lane holds one migration type at one step; each task goes through the steps of its type, in order.
     *
     * @param history what is known of the run
     */
    public static void sw1(RunHistory history) {
        SwitchoverPromises.sw1(history);
    }

    /**
     * SW-2: an operator's step waits for an operator; a skip has a waiver that names invariant, actor and reason.
     *
     * @param history what is known of the run
     */
    public static void sw2(RunHistory history) {
        SwitchoverPromises.sw2(history);
    }

    /**
     * SW-3: no task passes the barrier before every task still in its lane is marked.
     *
     * @param history what is known of the run
     */
    public static void sw3(RunHistory history) {
        SwitchoverPromises.sw3(history);
    }

    /**
     * SW-4: forward sync is stopped only after the write stop was confirmed and the target was seen to have reached it, or
     * with a waiver. Not judged for a platform that advances by itself.
     *
     * @param history what is known of the run
     */
    public static void sw4(RunHistory history) {
        SyncPromises.sw4(history);
    }

    /**
     * SW-5: reverse increment is started only after the forward link was seen to carry nothing.
     *
     * @param history what is known of the run
     */
    public static void sw5(RunHistory history) {
        SyncPromises.sw5(history);
    }

    /**
     * SW-6: from where the target store reads is known before the writes are stopped at the source.
     *
     * @param history what is known of the run
     */
    public static void sw6(RunHistory history) {
        SyncPromises.sw6(history);
    }

    /**
     * SW-7: the point of no return of each task is one record, written before what it marks.
     *
     * @param history what is known of the run
     */
    public static void sw7(RunHistory history) {
        SwitchoverPromises.sw7(history);
    }

    /**
     * SW-8: what an aborted task is taken back from is what this run did to it, in reverse order, the source last, each part seen; and
     * forward sync is started again only with evidence that nothing wrote to the target.
     *
     * @param history what is known of the run
     */
    public static void sw8(RunHistory history) {
        UndoPromises.sw8(history);
    }

    /**
     * SW-9: once the budget of a write freeze is over, no step begins that an operator did not set off after that. Judged where the
     * request has such a budget.
     *
     * @param history what is known of the run
     */
    public static void sw9(RunHistory history) {
        FreezePromises.sw9(history);
    }

    /**
     * SW-10: the sync timestamp is confirmed only after enough distinct samples with a known lag, or with a waiver. Not
     * judged for a platform that advances by itself.
     *
     * @param history what is known of the run
     */
    public static void sw10(RunHistory history) {
        SyncPromises.sw10(history);
    }

    /**
     * SEC-2: what is shown of plan, report and facts holds nothing that could break out of a line or steer a terminal.
     *
     * @param history what is known of the run
     */
    public static void sec2(RunHistory history) {
        SafetyPromises.sec2(history);
    }
}
