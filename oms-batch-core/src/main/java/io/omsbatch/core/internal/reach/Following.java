package io.omsbatch.core.internal.reach;

import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.core.internal.run.EngineParts;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Finds runs wherever they are: those of this engine, and those that it can only follow. */
public final class Following {

    private final EngineParts parts;
    private final RunFactory factory;
    private final RunRegistry registry;
    private final Adoption adoption;
    private final Inbox inbox;
    private final String owner;
    private final BooleanSupplier closed;

    /**
     * Creates what finds the runs of an engine.
     *
     * @param parts what all runs share
     * @param factory makes runs
     * @param registry the runs of the engine
     * @param adoption makes runs this engine's own
     * @param inbox commands from and to other engines
     * @param owner this engine, as the owner of runs
     * @param closed whether the engine is closed
     */
    public Following(
            EngineParts parts,
            RunFactory factory,
            RunRegistry registry,
            Adoption adoption,
            Inbox inbox,
            String owner,
            BooleanSupplier closed) {
        this.parts = parts;
        this.factory = factory;
        this.registry = registry;
        this.adoption = adoption;
        this.inbox = inbox;
        this.owner = owner;
        this.closed = closed;
    }

    /**
     * Finds a run.
     *
     * @param runId the run
     * @return its handle, if this engine or the journal knows it
     * @throws JournalException if the journal is needed and does not answer
     */
    public Optional<RunHandle> find(String runId) {
        RunHandle known = registry.find(runId);
        if (known != null && !elsewhere(known)) {
            return Optional.of(known);
        }
        return parts.journal().run(runId).map(this::followed);
    }

    /**
     * Returns the handle of a run that the journal knows.
     *
     * @param record the run
     * @return its handle
     */
    public RunHandle of(RunRecord record) {
        RunHandle known = registry.find(record.runId());
        return known != null && !elsewhere(known) ? known : followed(record);
    }

    private RunHandle followed(RunRecord record) {
        return registry.follow(record, () -> new FollowedRun(parts, factory, record, inbox, adoption, closed));
    }

    /** A run that this engine lost, or parked, may be another engine's by now. */
    private boolean elsewhere(RunHandle known) {
        RunState state = known.state();
        if (state != RunState.PARKED) {
            return state == RunState.LOST;
        }
        try {
            return parts.journal()
                    .summary(known.id())
                    .map(RunSummary::standing)
                    .filter(run -> run.state() != RunSummary.State.PARKED
                            && !run.owner().equals(owner))
                    .isPresent();
        } catch (JournalException noAnswer) {
            return false;
        }
    }
}
