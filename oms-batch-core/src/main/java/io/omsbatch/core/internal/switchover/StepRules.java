package io.omsbatch.core.internal.switchover;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.ObjectItem;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.internal.durable.Settlement;
import io.omsbatch.core.internal.step.CatchUp;
import io.omsbatch.core.internal.step.FreezeTimings;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.internal.step.Mirror;
import io.omsbatch.core.internal.step.Readiness;
import io.omsbatch.core.internal.step.StepView;
import io.omsbatch.core.settings.SwitchoverSettings;
import io.omsbatch.core.workflow.StepSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When each switchover step may be commanded (SW-4 to SW-6, SW-10), and what must be seen for it to be over. Decides by values
 * alone; all it changes is the count of samples that a task has shown.
 */
public final class StepRules {

    private final SwitchoverSettings settings;
    private final FreezeBudget freeze;
    private final FreezeTimings timings;
    private final long granularity;
    private final boolean selfAdvancing;

    /**
     * Creates the rules.
     *
     * @param settings what the switchover asks of the forward sync
     * @param freeze how long the source may be frozen
     * @param timings how long others took
     * @param capabilities how coarse the platform's positions are, and whether it advances by itself
     */
    public StepRules(
            SwitchoverSettings settings, FreezeBudget freeze, FreezeTimings timings, GatewayCapabilities capabilities) {
        this.freeze = freeze;
        this.timings = timings;
        this.settings = settings;
        this.granularity = capabilities.positionGranularity();
        this.selfAdvancing = capabilities.has(GatewayCapability.SELF_ADVANCING);
    }

    Readiness readiness(StepView entry, SwitchoverSnapshot snapshot, Instant now) {
        SwitchoverStep step = Objects.requireNonNull(entry.row().step());
        LaneMember member = entry.member();
        boolean seen = member.skipping || evidenceMissing(entry, snapshot) == null;
        if (snapshot.progress().isOver(step) && seen && !enteredPastUnknownWriteStop(entry, snapshot)) {
            return needsSamples(entry)
                    ? caughtUp(entry, snapshot, now, Readiness.over())
                    : Readiness.over(unproven(entry, snapshot));
        }
        if (member.skipping) {
            return Readiness.go();
        }
        if (isUnrecognized(snapshot.progress())) {
            return Readiness.waitFor(
                    Problem.of(ProblemCode.NOT_SETTLED, "a state that is known here; it shows " + snapshot.progress()));
        }
        if (enteredPastUnknownWriteStop(entry, snapshot)) {
            return Readiness.reconfirm();
        }
        if (advancesByItself(entry)) {
            return step == SwitchoverStep.CONFIRM_SYNC_TIMESTAMP
                    ? caughtUp(entry, snapshot, now, Readiness.observe())
                    : Readiness.observe();
        }
        return switch (step) {
            case START_FORWARD_SWITCHOVER -> cooledDown(entry, snapshot, now);
            case START_TARGET_STORE, PROCESS_DATABASE_OBJECTS -> Readiness.go();
            case SWITCHOVER_PRECHECK -> lagTolerated(entry, snapshot, now);
            case CONFIRM_WRITES_STOPPED -> mayFreeze(entry, snapshot, now);
            case CONFIRM_SYNC_TIMESTAMP -> caughtUp(entry, snapshot, now, Readiness.go());
            case STOP_FORWARD_SYNC ->
                provenBefore(entry) ? reached(entry, snapshot) : caughtUp(entry, snapshot, now, Readiness.go());
            case START_REVERSE_INCREMENT -> forwardQuiet(entry, snapshot);
            case UNRECOGNIZED -> throw new IllegalStateException("the step table has no unrecognized step");
        };
    }

    /** Nothing follows from a state that nobody here knows; the platform may be anywhere. */
    private static boolean isUnrecognized(SwitchoverProgress progress) {
        return progress.step() == SwitchoverStep.UNRECOGNIZED
                || progress.state() == SwitchoverProgress.State.UNRECOGNIZED;
    }

    /** SW-1: a task that was past the write stop when it entered its lane needs a stop position from the platform. */
    private static boolean enteredPastUnknownWriteStop(StepView entry, SwitchoverSnapshot snapshot) {
        return entry.member().over().isEmpty()
                && entry.untouched()
                && snapshot.stopPoint() == null
                && entry.planned().type().has(entry.direction().leading())
                && entry.row().step() != null
                && entry.row().step().compareTo(SwitchoverStep.CONFIRM_WRITES_STOPPED) > 0;
    }

    /** A platform that advances by itself has its own evidence, and may have stopped the sync before we saw enough samples. */
    private boolean needsSamples(StepView entry) {
        return entry.row().step() == SwitchoverStep.CONFIRM_SYNC_TIMESTAMP
                && !entry.member().skipping
                && !selfAdvancing;
    }

    /** Unless an operator asked for the step once more: then it is commanded. */
    private boolean advancesByItself(StepView entry) {
        return selfAdvancing && entry.row().driver() == StepSpec.Driver.AUTOMATIC && entry.round() == 0;
    }

    /** SW-4 where it cannot be enforced: what is wrong if the platform has stopped the forward sync by itself. */
    private @Nullable Problem unproven(StepView entry, SwitchoverSnapshot snapshot) {
        return selfAdvancing && entry.row().step() == SwitchoverStep.STOP_FORWARD_SYNC && !entry.member().skipping
                ? reached(entry, snapshot).problem()
                : null;
    }

    /** An application that has just changed sides does not change them again without a thought. */
    private Readiness cooledDown(StepView entry, SwitchoverSnapshot snapshot, Instant now) {
        Duration wanted = settings.coolDown();
        if (wanted == null || snapshot.progress().round() == 1 || entry.member().waived(Invariant.COOLED_DOWN)) {
            return Readiness.go();
        }
        Instant switched = snapshot.evidence().switchedAt();
        boolean longAgo = switched != null && !switched.plus(wanted).isAfter(now);
        return longAgo
                ? Readiness.go()
                : Readiness.fail(Problem.of(
                        ProblemCode.SWITCHED_LATELY,
                        (switched == null
                                        ? "nobody knows when the last switchover of the task was over"
                                        : "the last switchover of the task was over at " + switched)
                                + "; one at least " + wanted + " ago is wanted"));
    }

    private Readiness lagTolerated(StepView entry, SwitchoverSnapshot snapshot, Instant now) {
        if (!entry.planned().type().has(entry.direction().leading())) {
            return Readiness.go();
        }
        Lag lag = believed(snapshot.sync(), now);
        boolean tolerated = lag instanceof Lag.Known known && known.value().compareTo(settings.lagTolerance()) <= 0;
        return tolerated
                ? Readiness.go()
                : Readiness.fail(Problem.of(
                        ProblemCode.PRECHECK_FAILED,
                        "the lag is " + lag + "; it must be known and at most "
                                + settings.lagTolerance().toMillis() + " ms"));
    }

    /** What is not certain enough to freeze the source for it, unless an operator accepts that where it can be accepted (SW-9). */
    private Readiness mayFreeze(StepView entry, SwitchoverSnapshot snapshot, Instant now) {
        Readiness exists = reversePathExists(entry, snapshot);
        if (exists.kind() != Readiness.Kind.GO) {
            return exists;
        }
        Readiness verified = verifiedLately(entry, snapshot, now);
        return verified.kind() == Readiness.Kind.GO ? freezeFits(entry, snapshot, now) : verified;
    }

    private Readiness verifiedLately(StepView entry, SwitchoverSnapshot snapshot, Instant now) {
        Duration wanted = settings.maximumVerificationAge();
        if (wanted == null || entry.member().waived(Invariant.VERIFIED_LATELY)) {
            return Readiness.go();
        }
        Instant verified = snapshot.evidence().verifiedAt();
        boolean lately = verified != null && !verified.plus(wanted).isBefore(now);
        return lately
                ? Readiness.go()
                : Readiness.fail(Problem.of(
                        ProblemCode.VERIFICATION_TOO_OLD,
                        verified == null
                                ? "no full verification of the task is known; one at most " + wanted + " old is wanted"
                                : "the last full verification ended at " + verified + "; one at most " + wanted
                                        + " old is wanted"));
    }

    private Readiness freezeFits(StepView entry, SwitchoverSnapshot snapshot, Instant now) {
        boolean accepted = entry.member().waived(Invariant.FREEZE_FITS);
        if (accepted || !(believed(snapshot.sync(), now) instanceof Lag.Known lag)) {
            return Readiness.go();
        }
        Duration steps = timings.typical();
        return lag.value().plus(steps).compareTo(freeze.limit()) <= 0
                ? Readiness.go()
                : Readiness.fail(Mirror.problem(
                        entry.direction(),
                        ProblemCode.FREEZE_PREDICTED,
                        "the target is behind by %s%s, more than the write freeze may last, %s s",
                        lag,
                        steps.isZero() ? "" : ", and others of the run took " + steps.toMillis() + " ms",
                        freeze.limit().toMillis() / 1000.0));
    }

    private static Readiness reversePathExists(StepView entry, SwitchoverSnapshot snapshot) {
        boolean comesBack = entry.rows().stream().anyMatch(row -> row.step() == SwitchoverStep.START_REVERSE_INCREMENT);
        if (!comesBack) {
            return Readiness.go();
        }
        if (snapshot.links().storeStart() == null) {
            return Readiness.fail(Mirror.problem(
                    entry.direction(),
                    ProblemCode.NO_REVERSE_PATH,
                    "the target store has no start position, so target writes could not flow back"));
        }
        Problem blocked = snapshot.evidence().reverseBlocked();
        return blocked == null
                ? Readiness.go()
                : Readiness.fail(
                        Mirror.problem(entry.direction(), ProblemCode.REVERSE_BLOCKED, "%s", blocked.toString()));
    }

    /** SW-4 and SW-10: the write stop is known, and enough distinct samples in a row with a known lag have reached it. */
    private Readiness caughtUp(StepView entry, SwitchoverSnapshot snapshot, Instant now, Readiness then) {
        StopPoint stop = snapshot.stopPoint();
        if (stop == null) {
            return Readiness.fail(noStopPoint());
        }
        SyncSample sample = snapshot.sync();
        if (sample == null) {
            entry.member().catchUp = CatchUp.NONE;
            return Readiness.waitFor(notCaughtUp("a sample of the sync; it has none"));
        }
        Lag lag = believed(sample, now);
        boolean shows = lag instanceof Lag.Known && sample.applied().reached(stop.position(), granularity);
        entry.member().catchUp = entry.member().catchUp.with(sample.sampledAt(), shows);
        int seen = entry.member().catchUp.samples();
        return seen >= settings.stableSamples()
                ? then
                : Readiness.waitFor(notCaughtUp("sync to reach " + stop.position() + ": at " + sample.applied()
                        + ", lag " + lag + ", " + seen + " of " + settings.stableSamples() + " samples"));
    }

    /** Whether this run has seen the samples that show the write stop reached, or an operator waived them. */
    private static boolean provenBefore(StepView entry) {
        return entry.member().over().containsKey(SwitchoverStep.CONFIRM_SYNC_TIMESTAMP)
                || entry.member().waived(Invariant.CAUGHT_UP);
    }

    /** SW-4 once more, just before the forward sync is stopped. */
    private Readiness reached(StepView entry, SwitchoverSnapshot snapshot) {
        if (entry.member().waived(Invariant.CAUGHT_UP)) {
            return Readiness.go();
        }
        StopPoint stop = snapshot.stopPoint();
        SyncSample sample = snapshot.sync();
        if (stop == null) {
            return Readiness.fail(noStopPoint());
        }
        if (sample == null || !sample.applied().reached(stop.position(), granularity)) {
            return Readiness.fail(
                    notCaughtUp("the sync is " + (sample == null ? "not sampled" : "at " + sample.applied())
                            + "; it must have reached the write stop at " + stop.position()));
        }
        return Readiness.go();
    }

    private static Readiness forwardQuiet(StepView entry, SwitchoverSnapshot snapshot) {
        if (snapshot.links().storeStart() == null) {
            return Readiness.fail(Mirror.problem(
                    entry.direction(), ProblemCode.NO_REVERSE_PATH, "the target store has no start position"));
        }
        return snapshot.links().forwardQuiet()
                ? Readiness.go()
                : Readiness.fail(Mirror.problem(
                        entry.direction(),
                        ProblemCode.FORWARD_NOT_STOPPED,
                        "the forward sync is %s; it must be observed STOPPED or ABSENT",
                        snapshot.links().forward()));
    }

    Settlement settlement(StepView entry, SwitchoverSnapshot snapshot) {
        SwitchoverStep step = Objects.requireNonNull(entry.row().step());
        SwitchoverProgress progress = snapshot.progress();
        if (progress.isOver(step)) {
            Problem missing = entry.member().skipping ? null : evidenceMissing(entry, snapshot);
            return missing == null
                    ? Settlement.wanted(unproven(entry, snapshot))
                    : Settlement.going(missing.message(), false);
        }
        boolean atStep = progress.step() == step;
        if (atStep && progress.state() == SwitchoverProgress.State.FAILED && !entry.member().skipping) {
            return Settlement.failed(failure(step, snapshot));
        }
        return Settlement.going(
                "the platform shows " + progress,
                progress.step().compareTo(step) < 0
                        || (atStep && progress.state() == SwitchoverProgress.State.WAITING));
    }

    /** What must be seen, besides the platform's word, for a step to be over; null if it is seen. */
    private static @Nullable Problem evidenceMissing(StepView entry, SwitchoverSnapshot snapshot) {
        SwitchoverStep step = Objects.requireNonNull(entry.row().step());
        SyncLinks links = snapshot.links();
        return switch (step) {
            case START_TARGET_STORE ->
                links.storeStart() == null
                        ? Mirror.problem(
                                entry.direction(),
                                ProblemCode.NO_REVERSE_PATH,
                                "the target store shows no start position yet")
                        : null;
            case CONFIRM_WRITES_STOPPED -> snapshot.stopPoint() == null ? noStopPoint() : null;
            case STOP_FORWARD_SYNC ->
                links.forwardQuiet()
                        ? null
                        : Mirror.problem(
                                entry.direction(),
                                ProblemCode.FORWARD_NOT_STOPPED,
                                "the forward sync is %s, not yet quiet",
                                links.forward());
            case START_REVERSE_INCREMENT ->
                links.reverse() == SyncLinks.State.RUNNING && links.forwardQuiet()
                        ? null
                        : Mirror.problem(
                                entry.direction(),
                                ProblemCode.NOT_SETTLED,
                                "the reverse sync is %s, the forward sync %s",
                                links.reverse(),
                                links.forward());
            case START_FORWARD_SWITCHOVER,
                    SWITCHOVER_PRECHECK,
                    CONFIRM_SYNC_TIMESTAMP,
                    PROCESS_DATABASE_OBJECTS,
                    UNRECOGNIZED -> null;
        };
    }

    private static Problem failure(SwitchoverStep step, SwitchoverSnapshot snapshot) {
        List<PrecheckItem> blocking = snapshot.blocking();
        if (step == SwitchoverStep.SWITCHOVER_PRECHECK && !blocking.isEmpty()) {
            return new Problem(
                    ProblemCode.PRECHECK_FAILED.name(),
                    blocking.stream().map(PrecheckItem::message).collect(Collectors.joining("; ")),
                    blocking.stream()
                            .map(PrecheckItem::remedy)
                            .filter(remedy -> !remedy.isEmpty())
                            .collect(Collectors.joining("; ")),
                    false);
        }
        if (snapshot.problem() != null) {
            return snapshot.problem();
        }
        String failedObjects = snapshot.objects().stream()
                .filter(item -> item.state() == ObjectItem.State.FAILED)
                .map(item -> item.id() + ": " + item.message())
                .collect(Collectors.joining("; "));
        return Problem.of(
                ProblemCode.STEP_FAILED,
                failedObjects.isEmpty() ? "the platform shows " + snapshot.progress() : failedObjects);
    }

    private static Problem notCaughtUp(String message) {
        return Problem.of(ProblemCode.NOT_CAUGHT_UP, message);
    }

    private static Problem noStopPoint() {
        return Problem.of(
                ProblemCode.NOT_SETTLED, "the platform shows no write stop; it must be confirmed after writes stopped");
    }

    private Lag believed(@Nullable SyncSample sample, Instant now) {
        if (sample == null) {
            return new Lag.Unknown("no sample");
        }
        return sample.lag() instanceof Lag.Known known
                ? Lag.of(known.value(), sample.sampledAt(), now, settings.maximumSampleAge())
                : sample.lag();
    }
}
