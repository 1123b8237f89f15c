package io.omsbatch.core.internal.ownership;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.call.OverdueCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Claims tasks for a run (RUN-5). A task that an earlier run left UNKNOWN is claimed only if the actor acknowledged that, or if
 * the platform says that nothing can come of the old command any more, so that the look which follows the claim settles it.
 */
public final class Claims {

    private final JournalStore journal;
    private final RunRecord run;
    private final FencingToken token;
    private final @Nullable Duration maximumEffectDelay;
    private final OverdueCalls overdue;

    /**
     * Creates the claims of a run.
     *
     * @param journal where claims are kept
     * @param run the run
     * @param token its owner's token
     * @param maximumEffectDelay how long after its call a command may still take effect, or null if nobody knows
     * @param overdue the commands of this engine that were given up
     */
    public Claims(
            JournalStore journal,
            RunRecord run,
            FencingToken token,
            @Nullable Duration maximumEffectDelay,
            OverdueCalls overdue) {
        this.journal = journal;
        this.run = run;
        this.token = token;
        this.maximumEffectDelay = maximumEffectDelay;
        this.overdue = overdue;
    }

    /**
     * Claims tasks.
     *
     * @param tasks which tasks
     * @param now the present
     * @param nanos the present, by the environment's monotonic clock
     * @return why the tasks that were not claimed were not
     * @throws io.omsbatch.api.journal.JournalException if the journal does not take the claims
     */
    public Map<TaskRef, Problem> claim(List<TaskRef> tasks, Instant now, long nanos) {
        if (tasks.isEmpty()) {
            return Map.of();
        }
        Map<TaskRef, ClaimHolder> refused =
                new HashMap<>(journal.claim(run.runId(), token, Set.copyOf(tasks), false, now));
        Set<TaskRef> settled = new HashSet<>();
        refused.forEach((ref, holder) -> {
            if (holder.unsettled() && maySettle(ref, holder, now, nanos)) {
                settled.add(ref);
            }
        });
        if (!settled.isEmpty()) {
            Map<TaskRef, ClaimHolder> still = journal.claim(run.runId(), token, settled, true, now);
            refused.keySet().removeAll(settled);
            refused.putAll(still);
        }
        Map<TaskRef, Problem> problems = new HashMap<>();
        refused.forEach((ref, holder) -> problems.put(ref, problem(holder)));
        return problems;
    }

    private boolean maySettle(TaskRef ref, ClaimHolder holder, Instant now, long nanos) {
        return run.confirmation().acknowledgedUnknown().contains(ref)
                || (maximumEffectDelay != null
                        && !now.isBefore(holder.since().plus(maximumEffectDelay))
                        && overdue.over(ref, maximumEffectDelay, nanos));
    }

    private static Problem problem(ClaimHolder holder) {
        return holder.unsettled()
                ? Problem.of(
                        ProblemCode.UNSETTLED_BEFORE, "run " + holder.runId() + " left it UNKNOWN at " + holder.since())
                : Problem.of(
                        ProblemCode.CLAIMED_BY_ANOTHER_RUN,
                        "run " + holder.runId() + " holds it since " + holder.since());
    }
}
