package io.omsbatch.core.internal.reach;

import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.journal.TakenRun;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.core.internal.call.SafeThrowable;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.ownership.Leases;
import io.omsbatch.core.internal.ownership.Tenure;
import io.omsbatch.core.internal.run.EngineParts;
import io.omsbatch.core.internal.run.RunExecution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes runs this engine's own: new ones, those whose owner died, and parked ones of which an operator decides (RUN-8). */
public final class Adoption {

    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

    private static final Set<RunAction> FOR_PARKED =
            EnumSet.of(RunAction.RESUME, RunAction.RELEASE_CLAIMS, RunAction.CLOSE_AS_UNKNOWN);

    private static final String NO_SWITCHOVERS =
            "the run is a forward switchover, but the gateway of this engine is no SwitchoverGateway";

    private static final int RECORDS_AT_ONCE = 1_000;

    private final EngineParts parts;
    private final RunFactory factory;
    private final Leases leases;
    private final RunRegistry registry;
    private final Consumer<RunHandle> ifClosed;

    /**
     * Creates the adoption of an engine.
     *
     * @param parts what all runs share
     * @param factory makes runs
     * @param leases keeps runs this engine's
     * @param registry the runs of the engine
     * @param ifClosed lets go of a run again if the engine was closed meanwhile
     */
    public Adoption(
            EngineParts parts, RunFactory factory, Leases leases, RunRegistry registry, Consumer<RunHandle> ifClosed) {
        this.parts = parts;
        this.factory = factory;
        this.leases = leases;
        this.registry = registry;
        this.ifClosed = ifClosed;
    }

    /**
     * Begins a new run.
     *
     * @param record the confirmed plan
     * @param token the token with which it was opened
     * @param askedAt when the journal was asked for that, by the environment's monotonic clock
     * @return its handle
     */
    public RunHandle begin(RunRecord record, FencingToken token, long askedAt) {
        Tenure tenure = leases.begin(record.runId(), token, askedAt);
        RunExecution execution = factory.make(record, tenure);
        RunHandle handle = register(execution);
        execution.begin();
        ifClosed.accept(handle);
        return handle;
    }

    private RunHandle register(RunExecution execution) {
        return registry.own(execution.ledger().record(), new OwnedRun(execution, this::control));
    }

    /** Takes a run over whose owner died, and goes on with it. */
    RunHandle goOn(TakenRun taken, long askedAt) {
        RunExecution execution = own(taken, askedAt);
        RunHandle handle = register(execution);
        if (factory.drives(taken.run())) {
            resume(execution, () -> List.of(takenOver()));
        } else {
            execution.ledger().life().stop(RunState.PARKED, Problem.of(ProblemCode.NOT_RECOVERABLE, NO_SWITCHOVERS));
        }
        ifClosed.accept(handle);
        return handle;
    }

    private RunExecution own(TakenRun taken, long askedAt) {
        RunRecord record = taken.run();
        LOG.info("Run {} is taken over with token {}", record.runId(), taken.token());
        return factory.make(record, leases.begin(record.runId(), taken.token(), askedAt));
    }

    private interface Said {
        List<JournalRecord> records();
    }

    private void resume(RunExecution execution, Said said) {
        try {
            execution.replay(
                    Facts.all(parts.journal(), execution.ledger().record().runId()));
            execution.write(said.records());
            execution.begin();
        } catch (JournalException failure) {
            if (failure.kind() == JournalException.Kind.UNREADABLE) {
                parkUnread(execution, failure);
            } else {
                execution.ledger().life().stopAfter(failure, false);
            }
        } catch (RuntimeException | Error notUnderstood) {
            parkUnread(execution, notUnderstood);
        }
    }

    private static void parkUnread(RunExecution execution, Throwable notUnderstood) {
        execution
                .ledger()
                .life()
                .stop(RunState.PARKED, Problem.of(ProblemCode.NOT_RECOVERABLE, SafeThrowable.describe(notUnderstood)));
    }

    /**
     * Acts on a parked run, which is taken over for it.
     *
     * @param record the run
     * @param control what to do
     * @return whether it was done
     */
    ControlAnswer control(RunRecord record, RunControl control) {
        if (!FOR_PARKED.contains(control.action())) {
            return new ControlAnswer.Refused(
                    Refusal.WRONG_STATE,
                    "the run is parked: resume it, release its claims, or close it, all else after that");
        }
        String unserved = parts.unserved(record.plan().request().tasks());
        if (unserved != null) {
            return new ControlAnswer.Refused(Refusal.OTHER_PLATFORM, unserved);
        }
        if (!factory.drives(record)) {
            return new ControlAnswer.Refused(Refusal.NOT_UNDERSTOOD, NO_SWITCHOVERS);
        }
        String runId = record.runId();
        letGoOfOwn(runId);
        long askedAt = parts.environment().nanoTime();
        Optional<TakenRun> taken;
        try {
            taken = parts.journal().takeOver(runId, leases.lease());
        } catch (JournalException failure) {
            if (failure.kind() != JournalException.Kind.UNREADABLE) {
                throw failure;
            }
            return new ControlAnswer.Refused(Refusal.NOT_UNDERSTOOD, SafeThrowable.describe(failure));
        }
        return taken.map(run -> control(run, askedAt, control)).orElseGet(() -> notTaken(runId));
    }

    /** A run that this engine parked it need not wait for, once nothing of it is in flight. */
    private void letGoOfOwn(String runId) {
        RunHandle own = registry.find(runId);
        if (own != null
                && own.side() instanceof OwnedRun side
                && own.state() == RunState.PARKED
                && side.execution().ledger().life().quiet()) {
            parts.journal().release(runId, side.execution().ledger().token());
        }
    }

    private ControlAnswer notTaken(String runId) {
        Optional<RunSummary> run = parts.journal().summary(runId);
        if (run.isEmpty() || run.get().standing().state() == RunSummary.State.ENDED) {
            return new ControlAnswer.Refused(Refusal.NOT_RUNNING, "the run is over");
        }
        return new ControlAnswer.Refused(
                Refusal.STILL_OWNED, "the run is " + run.get().standing() + "; try again after that");
    }

    private ControlAnswer control(TakenRun taken, long askedAt, RunControl control) {
        RunExecution execution = own(taken, askedAt);
        String runId = taken.run().runId();
        try {
            execution.replay(Facts.all(parts.journal(), runId));
        } catch (JournalException | IllegalArgumentException notRead) {
            giveBack(execution);
            return new ControlAnswer.Refused(Refusal.NOT_UNDERSTOOD, SafeThrowable.describe(notRead));
        }
        if (execution.view().version() != control.version()) {
            giveBack(execution);
            return new ControlAnswer.Refused(
                    Refusal.RUN_CHANGED,
                    "the run is at version " + execution.view().version() + ", not at " + control.version()
                            + ": look again");
        }
        JournalRecord said = Records.ordered(
                parts.environment().clock().instant(), control.action(), control.actor(), control.reason());
        if (control.action() == RunAction.RELEASE_CLAIMS) {
            releaseClaims(execution, said);
        } else {
            execution.write(List.of(takenOver(), said));
            RunHandle handle = register(execution);
            execution.begin();
            ifClosed.accept(handle);
        }
        return new ControlAnswer.Accepted(Set.of());
    }

    /** The run stays parked, and nobody's. */
    private void releaseClaims(RunExecution execution, JournalRecord said) {
        List<JournalRecord> records = new ArrayList<>(List.of(said));
        for (JournalRecord release : execution.releases()) {
            records.add(release);
            if (records.size() >= RECORDS_AT_ONCE) {
                execution.write(records);
                records.clear();
            }
        }
        records.add(parked(execution.view().parked(), said.at()));
        execution.write(records);
        giveBack(execution);
    }

    /** What the journal did not answer in time is parked here, and not in the journal; from now on it is there, too. */
    private static JournalRecord parked(@Nullable JournalRecord before, Instant now) {
        return before == null
                ? new JournalRecord(
                        now,
                        JournalRecord.Kind.PARKED,
                        null,
                        ProblemCode.JOURNAL_UNAVAILABLE.name(),
                        Map.of("message", "its claims were released after the journal had not answered"))
                : new JournalRecord(now, JournalRecord.Kind.PARKED, null, before.code(), before.detail());
    }

    private void giveBack(RunExecution execution) {
        leases.end(execution.ledger().tenure());
        parts.journal()
                .release(execution.ledger().record().runId(), execution.ledger().token());
    }

    private JournalRecord takenOver() {
        return new JournalRecord(
                parts.environment().clock().instant(),
                JournalRecord.Kind.TAKEN_OVER,
                null,
                leases.lease().owner(),
                Map.of());
    }
}
