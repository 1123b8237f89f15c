package io.omsbatch.examples.postgres.show;

import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Measures each step of a switchover over all tasks: from the first command, or for a step that comes by itself from the
 * first end of the step before, to the last end. So the time in which an operator thinks is not in it. Thread-safe.
 */
public final class StepTimes implements BatchListener {
    private static final Set<SwitchoverStep> BY_THEMSELVES = EnumSet.of(
            SwitchoverStep.SWITCHOVER_PRECHECK,
            SwitchoverStep.START_TARGET_STORE,
            SwitchoverStep.CONFIRM_SYNC_TIMESTAMP,
            SwitchoverStep.STOP_FORWARD_SYNC);

    private final SwitchoverDirection direction;
    private final Map<SwitchoverStep, Instant> began = new EnumMap<>(SwitchoverStep.class);
    private final Map<SwitchoverStep, Instant> ended = new EnumMap<>(SwitchoverStep.class);

    /** Measures a switchover in a direction. */
    public StepTimes(SwitchoverDirection direction) {
        this.direction = direction;
    }

    @Override
    public synchronized void onEvent(BatchEvent event) {
        if (event instanceof BatchEvent.AttemptStarted attempt) {
            SwitchoverStep.inOrder().stream()
                    .filter(step -> step.name().equals(attempt.step()))
                    .forEach(step -> began.putIfAbsent(step, attempt.stamp().at()));
        } else if (event instanceof BatchEvent.StepChanged changed
                && changed.standing().state() == StepStanding.State.DONE) {
            over(changed.standing().step(), changed.stamp().at());
        }
    }

    private void over(SwitchoverStep step, Instant at) {
        ended.merge(step, at, (one, other) -> one.isAfter(other) ? one : other);
        SwitchoverStep.inOrder().stream()
                .filter(next -> next.number() == step.number() + 1 && BY_THEMSELVES.contains(next))
                .forEach(next -> began.putIfAbsent(next, at));
    }

    /** A line for each step that was taken. */
    public synchronized String render() {
        StringBuilder text = new StringBuilder("Switchover steps, all databases together:\n");
        for (SwitchoverStep step : SwitchoverStep.inOrder()) {
            Instant from = began.get(step);
            Instant to = ended.get(step);
            if (from != null && to != null) {
                text.append(String.format(
                        "  %d %-34s %6d ms%n",
                        step.number(),
                        step.title(direction),
                        Duration.between(from, to).toMillis()));
            }
        }
        return text.toString();
    }
}
