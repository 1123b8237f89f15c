package io.omsbatch.testkit.check;

import static io.omsbatch.testkit.check.RunHistory.record;
import static io.omsbatch.testkit.check.RunHistory.subject;

import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.RecordedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The promise about how long sources are frozen (SW-9). */
final class FreezePromises {

    private static final Set<String> GOING_ON = Set.of("CONFIRM", "MARK", "RETRY", "SKIP");

    /** Problems with which a write stop that was confirmed is not sent. */
    private static final Set<String> HELD_BACK =
            Set.of("FREEZE_PREDICTED", "VERIFICATION_TOO_OLD", "REVERSE_BLOCKED", "NO_REVERSE_PATH");

    /** An intent bears the time at which it is written, somewhat after the look by which it was decided. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private FreezePromises() {}

    /** Once the budget of a freeze is over, no step begins that an operator did not set off after that. */
    static void sw9(RunHistory history) {
        FreezeBudget budget = history.plan().request().policy().freeze();
        if (budget != null) {
            SwitchoverPromises.inLanes(history).forEach(task -> sw9(history, task, budget));
        }
    }

    private static void sw9(RunHistory history, TaskRef task, FreezeBudget budget) {
        Instant since = null;
        Instant decided = null;
        boolean sent = false;
        for (RecordedEntry entry : history.facts()
                .filter(fact ->
                        record(fact).subject() != null && subject(fact).task().equals(task))
                .toList()) {
            String step = subject(entry).step();
            String code = record(entry).code();
            Instant at = record(entry).at();
            switch (record(entry).kind()) {
                case CONTROL -> {
                    if (GOING_ON.contains(code)) {
                        decided = at;
                        boolean freezes = step.equals(SwitchoverStep.CONFIRM_WRITES_STOPPED.name());
                        since = since == null && freezes ? at : since;
                    }
                }
                case RESULT -> {
                    boolean writeStop = step.equals(SwitchoverStep.CONFIRM_WRITES_STOPPED.name());
                    since = writeStop && !sent && HELD_BACK.contains(code) ? null : since;
                }
                case POINT_OF_NO_RETURN, UNDO -> {
                    return;
                }
                case INTENT -> {
                    sent |= step.equals(SwitchoverStep.CONFIRM_WRITES_STOPPED.name());
                    Instant frozen = since;
                    Optional<Instant> end = Optional.ofNullable(frozen).map(from -> from.plus(budget.limit()));
                    boolean late =
                            end.filter(until -> at.isAfter(until.plus(SLACK))).isPresent();
                    Breach.unless(
                            !late || (decided != null && !decided.isBefore(end.orElseThrow())),
                            "SW-9",
                            history,
                            () -> step + " of " + task + " was begun at " + at
                                    + ", after its source had been frozen since " + frozen + " for longer than "
                                    + budget.limit() + ", and nobody decided that");
                }
                default -> {}
            }
        }
    }
}
