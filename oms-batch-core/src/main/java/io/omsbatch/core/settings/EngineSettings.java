package io.omsbatch.core.settings;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import java.time.Duration;
import java.util.Objects;

/**
 * Everything that can be set about an engine. Immutable; begin with {@link #defaults()}.
 *
 * @param calls how gateway calls are made
 * @param retry how often what had no effect is tried again
 * @param settle how the engine watches for the wanted state
 * @param plan what a plan may be
 * @param switchover what the switchover asks of the forward sync
 * @param journal how the engine owns its runs, and what they do while the journal does not answer; of the lease {@code renewal +
 *     call timeout + 2 s} is at most {@code selfFence}, so that a call begun after a renewal ends before another engine may take
 *     over
 * @param closeTimeout how long closing waits for commands in flight and for the journal, to which it gives at least 1 s, 0 to 1 h;
 *     default 30 s, twice the call timeout
 * @since 0.1.0
 */
public record EngineSettings(
        CallSettings calls,
        RetrySettings retry,
        SettleSettings settle,
        PlanSettings plan,
        SwitchoverSettings switchover,
        JournalSettings journal,
        Duration closeTimeout) {

    /** Checks the parts. */
    public EngineSettings {
        Objects.requireNonNull(calls, "EngineSettings.calls");
        Objects.requireNonNull(retry, "EngineSettings.retry");
        Objects.requireNonNull(settle, "EngineSettings.settle");
        Objects.requireNonNull(plan, "EngineSettings.plan");
        Objects.requireNonNull(switchover, "EngineSettings.switchover");
        Objects.requireNonNull(journal, "EngineSettings.journal");
        LeaseSettings lease = journal.lease();
        if (!lease.fits(calls.timeout())) {
            throw new InvalidInputException(
                    "EngineSettings.lease",
                    "has a renewal of " + lease.renewal() + " and a selfFence of " + lease.selfFence()
                            + "; with a call timeout of " + calls.timeout()
                            + " their sum and 2 s must be at most selfFence: use LeaseSettings.around(timeout)");
        }
        Limits.range("EngineSettings.closeTimeout", closeTimeout, Duration.ZERO, Duration.ofHours(1));
    }

    /** Returns the defaults. */
    public static EngineSettings defaults() {
        return new EngineSettings(
                CallSettings.defaults(),
                RetrySettings.defaults(),
                SettleSettings.defaults(),
                PlanSettings.defaults(),
                SwitchoverSettings.defaults(),
                JournalSettings.defaults(),
                Duration.ofSeconds(30));
    }

    /**
     * Returns these settings with other calls. If their timeout does not fit the leases, those are prolonged.
     *
     * @param value how gateway calls are made
     * @return the changed settings
     */
    public EngineSettings withCalls(CallSettings value) {
        Objects.requireNonNull(value, "EngineSettings.calls");
        LeaseSettings fitting = lease().fits(value.timeout()) ? lease() : LeaseSettings.around(value.timeout());
        JournalSettings fittingJournal = new JournalSettings(fitting, journal.outage());
        return new EngineSettings(value, retry, settle, plan, switchover, fittingJournal, closeTimeout);
    }

    /**
     * Returns these settings with other leases.
     *
     * @param value how the engine owns its runs
     * @return the changed settings
     */
    public EngineSettings withLease(LeaseSettings value) {
        Objects.requireNonNull(value, "EngineSettings.lease");
        return withJournal(new JournalSettings(value, journal.outage()));
    }

    /**
     * Returns these settings with other outages.
     *
     * @param value what runs do while the journal does not answer
     * @return the changed settings
     */
    public EngineSettings withOutage(OutageSettings value) {
        Objects.requireNonNull(value, "EngineSettings.outage");
        return withJournal(new JournalSettings(journal.lease(), value));
    }

    /**
     * Returns these settings with another journal.
     *
     * @param value how the engine lives with its journal
     * @return the changed settings
     */
    public EngineSettings withJournal(JournalSettings value) {
        return new EngineSettings(calls, retry, settle, plan, switchover, value, closeTimeout);
    }

    /** Returns how the engine owns its runs. */
    public LeaseSettings lease() {
        return journal.lease();
    }

    /**
     * Returns these settings with other retries.
     *
     * @param value how often what had no effect is tried again
     * @return the changed settings
     */
    public EngineSettings withRetry(RetrySettings value) {
        return new EngineSettings(calls, value, settle, plan, switchover, journal, closeTimeout);
    }

    /**
     * Returns these settings with other settling.
     *
     * @param value how the engine watches for the wanted state
     * @return the changed settings
     */
    public EngineSettings withSettle(SettleSettings value) {
        return new EngineSettings(calls, retry, value, plan, switchover, journal, closeTimeout);
    }

    /**
     * Returns these settings with other plans.
     *
     * @param value what a plan may be
     * @return the changed settings
     */
    public EngineSettings withPlan(PlanSettings value) {
        return new EngineSettings(calls, retry, settle, value, switchover, journal, closeTimeout);
    }

    /**
     * Returns these settings with another switchover.
     *
     * @param value what the switchover asks of the forward sync
     * @return the changed settings
     */
    public EngineSettings withSwitchover(SwitchoverSettings value) {
        return new EngineSettings(calls, retry, settle, plan, value, journal, closeTimeout);
    }

    /**
     * Returns these settings with another close timeout.
     *
     * @param value how long closing waits for commands in flight
     * @return the changed settings
     */
    public EngineSettings withCloseTimeout(Duration value) {
        return new EngineSettings(calls, retry, settle, plan, switchover, journal, value);
    }
}
