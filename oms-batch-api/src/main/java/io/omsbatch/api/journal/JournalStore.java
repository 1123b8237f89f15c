package io.omsbatch.api.journal;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The memory of runs: plans awaiting consent, confirmed runs, what was intended and what came of it, and which run holds
 * which task. All methods are thread-safe, atomic, and may block. The testkit's {@code JournalStoreContract} proves an
 * implementation right.
 *
 * @since 0.1.0
 */
public interface JournalStore extends AutoCloseable {

    /** Returns whether what was acknowledged survives the death of the process. */
    boolean durable();

    /**
     * Keeps a plan until it expires, so that it can be confirmed by its fingerprint. A plan with the same fingerprint is
     * replaced. Expired plans may be dropped.
     *
     * @param plan the plan
     * @param now the present, by the engine's clock
     */
    void savePlan(BatchPlan plan, Instant now);

    /**
     * Finds a plan that was saved; an expired one may or may not be found.
     *
     * @param fingerprint the plan's fingerprint
     * @return the plan, if it is there
     */
    Optional<BatchPlan> plan(String fingerprint);

    /**
     * Opens a run, unless one with the same request id is there. Of many callers with one request id exactly one opens.
     *
     * @param run the confirmed plan
     * @return the new owner's token, or the run that is there already
     */
    RunOpening open(RunRecord run);

    /**
     * Finds a run.
     *
     * @param runId the run
     * @return its record, if it is there
     */
    Optional<RunRecord> run(String runId);

    /**
     * Finds a run by the id of its request.
     *
     * @param requestId the request's id
     * @return its record, if it is there
     */
    Optional<RunRecord> runOfRequest(String requestId);

    /**
     * Claims tasks for a run (RUN-5). Of many runs that claim a task exactly one gets it; a run may claim again what it
     * holds. The claim is released when the task's OUTCOME is appended; an outcome UNKNOWN leaves the task unsettled.
     *
     * @param runId the run
     * @param token its owner's token
     * @param tasks which tasks
     * @param overUnsettled whether to claim unsettled tasks as well, because a read settled them or an actor acknowledged
     * @param now the present, by the engine's clock
     * @return who holds those tasks that were refused; the others are claimed
     * @throws JournalException if the token is not the newest, or the run is unknown, or the store does not answer; then
     *     nothing is claimed
     */
    Map<TaskRef, ClaimHolder> claim(
            String runId, FencingToken token, Set<TaskRef> tasks, boolean overUnsettled, Instant now);

    /**
     * Appends facts to a run, all or none, in order. When it returns they are acknowledged.
     *
     * @param runId the run
     * @param token its owner's token
     * @param records the facts, at least one
     * @throws JournalException if the token is not the newest, or the run is unknown, or the store does not answer; then
     *     nothing is written
     */
    void append(String runId, FencingToken token, List<JournalRecord> records);

    /**
     * Reads facts of a run in order.
     *
     * @param runId the run
     * @param after the sequence number after which to begin; 0 for the beginning
     * @param most how many at most, at least 1
     * @return the facts; empty at the end, or for an unknown run
     */
    List<JournalEntry> read(String runId, long after, int most);

    /** Releases what the store holds; later calls fail with a {@link JournalException}. Idempotent. */
    @Override
    void close();
}
