package io.omsbatch.api.journal;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
     * replaced. Expired plans may be dropped, and so may the oldest where there are very many.
     *
     * @param plan the plan
     * @param now the present, by the engine's clock
     */
    void savePlan(BatchPlan plan, Instant now);

    /**
     * Finds a plan that was saved; an expired one may or may not be found. One that led to a run is found as long as the run is,
     * so that whoever confirms it again is told of that run (RUN-11).
     *
     * @param fingerprint the plan's fingerprint
     * @return the plan, if it is there
     */
    Optional<BatchPlan> plan(String fingerprint);

    /**
     * Keeps what a second person says of a plan, in place of what the same person said of it before. May be dropped once the plan
     * has expired.
     *
     * @param approval what is said
     */
    void saveApproval(Approval approval);

    /**
     * Finds what was said of a plan.
     *
     * @param fingerprint the plan's fingerprint
     * @return what was said, one per person, oldest first
     */
    List<Approval> approvals(String fingerprint);

    /**
     * Opens a run, unless one with the same request id is there. Of many callers with one request id exactly one opens.
     *
     * @param run the confirmed plan
     * @param lease who owns it, from now on, and for how long
     * @return the new owner's token, or the run that is there already
     */
    RunOpening open(RunRecord run, Lease lease);

    /**
     * Renews the lease of runs. A lease that has ended is renewed too, as long as nobody took the run over. Once it returns, every
     * append with these tokens of which nobody knew is over: what can be read then stays so (DUR-5).
     *
     * @param lease who owns them, and for how long from now on
     * @param runs the runs with their owner's tokens
     * @return those of them that are not the caller's any more: taken over, or not there; the others are renewed
     * @throws JournalException if the store does not answer; then nobody knows which were renewed
     */
    Set<String> renew(Lease lease, Map<String, FencingToken> runs);

    /**
     * Gives up the lease of a run, so that another engine need not wait for its end. Does nothing with a token that is not the
     * newest.
     *
     * @param runId the run
     * @param token its owner's token
     */
    void release(String runId, FencingToken token);

    /**
     * Lists runs that nobody owns and somebody should: neither ended nor parked, their lease over by the store's clock.
     *
     * @param platforms only runs all of whose selected tasks are on one of these; empty for all runs
     * @param most how many at most, at least 1
     * @return their ids, those first whose lease ended first
     */
    List<String> abandoned(Set<String> platforms, int most);

    /**
     * Takes over a run that has not ended and whose lease is over by the store's clock, also one that is parked. Of many callers
     * exactly one gets it. From then on every token before is stale (DUR-2). Its claims stay as they are.
     *
     * @param runId the run
     * @param lease who owns it, from now on, and for how long
     * @return the run with its new token; empty if it is not there, has ended, or is owned
     */
    Optional<TakenRun> takeOver(String runId, Lease lease);

    /**
     * Parks a run that has not ended and whose lease is over by the store's clock, without reading its plan; for a run that the
     * caller cannot take over because it does not understand it. From then on every token before is stale. Its claims stay as
     * they are.
     *
     * @param runId the run
     * @param parked the fact of kind PARKED that is appended
     * @return whether it was parked; false if it is not there, has ended, is parked already, or is owned
     */
    boolean park(String runId, JournalRecord parked);

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
     * holds, and what it left unsettled itself. The claim is released when the task's OUTCOME or RELEASED is appended; an outcome
     * UNKNOWN, and a RELEASED with the code {@code UNSETTLED}, leave the task unsettled.
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
     * Appends facts to a run, all or none, in order and next to each other. When it returns they are acknowledged. A fact of kind
     * ANSWERED takes the command that it names out of the inbox, in the same instant.
     *
     * @param runId the run
     * @param token its owner's token
     * @param records the facts, at least one
     * @return where they stand
     * @throws JournalException if the token is not the newest, or the run is unknown, or the store does not answer; then
     *     nothing is written
     */
    Appended append(String runId, FencingToken token, List<JournalRecord> records);

    /**
     * Reads facts of a run in order.
     *
     * @param runId the run
     * @param after the sequence number after which to begin; 0 for the beginning
     * @param most how many at most, at least 1
     * @return the facts; empty at the end, or for an unknown run
     */
    List<JournalEntry> read(String runId, long after, int most);

    /**
     * Puts a command into the inbox of a run. One with an id that the inbox knows already is ignored, also when it was answered.
     *
     * @param command the command
     * @throws JournalException if the run is unknown, or the store does not answer; then nobody knows whether it was put there, and
     *     it may be sent again
     */
    void send(RunCommand command);

    /**
     * Lists commands without an answer.
     *
     * @param runs the runs whose inboxes are looked into
     * @param most how many at most, at least 1
     * @return the commands, those put there first first
     */
    List<RunCommand> commands(Set<String> runs, int most);

    /**
     * Finds the answer to a command.
     *
     * @param runId the run
     * @param commandId the command
     * @return the fact with the answer, if there is one yet
     */
    Optional<JournalRecord> answer(String runId, String commandId);

    /**
     * Lists runs, those confirmed last first.
     *
     * @param filter which runs
     * @param from the cursor of the page before, or null for the first page
     * @param most how many at most, 1 to 1 000
     * @return the page
     * @throws io.omsbatch.api.InvalidInputException if the cursor is not one that this store handed out
     */
    RunPage runs(RunFilter filter, @Nullable String from, int most);

    /**
     * Finds out how a run stands.
     *
     * @param runId the run
     * @return its summary, if it is there
     */
    Optional<RunSummary> summary(String runId);

    /**
     * Checks the hash chain of a run.
     *
     * @param runId the run
     * @return what was found
     * @throws JournalException if the run is unknown, or the store does not answer
     */
    AuditCheck audit(String runId);

    /** Releases what the store holds; later calls fail with a {@link JournalException}. Idempotent. */
    @Override
    void close();
}
