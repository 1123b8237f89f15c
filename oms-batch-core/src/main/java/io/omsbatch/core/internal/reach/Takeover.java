package io.omsbatch.core.internal.reach;

import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.TakenRun;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.core.internal.call.SafeThrowable;
import io.omsbatch.core.internal.pace.AfterPause;
import io.omsbatch.core.internal.run.EngineParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds runs whose owners died, now and from then on, so that this engine goes on with them (DUR-1, DUR-3). */
public final class Takeover {

    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);
    private static final int AT_ONCE = 100;

    private final EngineParts parts;
    private final Adoption adoption;
    private final RunRegistry registry;
    private final Lease lease;
    private final BooleanSupplier closed;
    private final AtomicBoolean watching = new AtomicBoolean();

    /**
     * Creates the takeover of an engine.
     *
     * @param parts what all runs share
     * @param adoption makes runs this engine's own
     * @param registry the runs of the engine
     * @param lease who owns runs here, and for how long
     * @param closed whether the engine is closed
     */
    public Takeover(EngineParts parts, Adoption adoption, RunRegistry registry, Lease lease, BooleanSupplier closed) {
        this.parts = parts;
        this.adoption = adoption;
        this.registry = registry;
        this.lease = lease;
        this.closed = closed;
    }

    /**
     * Takes over what nobody owns, now and from now on.
     *
     * @return what was taken over now
     */
    public List<BatchRun> begin() {
        List<BatchRun> recovered = takeOverAbandoned();
        if (!watching.getAndSet(true)) {
            scheduleNext();
        }
        return recovered;
    }

    private void scheduleNext() {
        AfterPause.run(
                parts.environment(), parts.settings().lease().renewal(), this::lookAgain, "Nothing is taken over");
    }

    private void lookAgain() {
        try {
            List<BatchRun> unused = takeOverAbandoned();
        } catch (JournalException failure) {
            LOG.warn("Nothing could be taken over: {}", SafeThrowable.describe(failure));
        } catch (RuntimeException | Error defect) {
            LOG.error("Nothing could be taken over", SafeThrowable.of(defect));
        } finally {
            if (!closed.getAsBoolean()) {
                scheduleNext();
            }
        }
    }

    private List<BatchRun> takeOverAbandoned() {
        List<BatchRun> recovered = new ArrayList<>();
        for (String runId : parts.journal().abandoned(parts.capabilities().platforms(), AT_ONCE)) {
            if (closed.getAsBoolean()) {
                return recovered;
            }
            if (!atWorkHere(runId)) {
                long askedAt = parts.environment().nanoTime();
                takeOver(runId).ifPresent(taken -> recovered.add(adoption.goOn(taken, askedAt)));
            }
        }
        return recovered;
    }

    /** Whether its lease ended during an outage of the journal that the run outlasts here, with the results in its hands (DUR-5). */
    private boolean atWorkHere(String runId) {
        RunHandle own = registry.find(runId);
        return own != null
                && own.side() instanceof OwnedRun
                && (own.state() == RunState.RUNNING || own.state() == RunState.PAUSED);
    }

    /** What this version does not understand it parks, so that it stands in nobody's way and an operator sees it (DUR-4). */
    private Optional<TakenRun> takeOver(String runId) {
        try {
            return parts.journal().takeOver(runId, lease);
        } catch (JournalException failure) {
            if (failure.kind() != JournalException.Kind.UNREADABLE) {
                throw failure;
            }
            park(runId, SafeThrowable.describe(failure));
            return Optional.empty();
        }
    }

    private void park(String runId, String why) {
        JournalRecord parked = new JournalRecord(
                parts.environment().clock().instant(),
                JournalRecord.Kind.PARKED,
                null,
                ProblemCode.NOT_RECOVERABLE.name(),
                Map.of("message", why));
        if (parts.journal().park(runId, parked)) {
            LOG.warn("Run {} is parked, because it cannot be taken over: {}", runId, why);
        }
    }
}
