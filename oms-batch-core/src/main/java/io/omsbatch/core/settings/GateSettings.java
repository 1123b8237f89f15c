package io.omsbatch.core.settings;

import io.omsbatch.api.Limits;
import io.omsbatch.api.task.SwitchoverStep;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the gates of a switchover ask of operators. Immutable. Set it alike on all engines that share a journal.
 *
 * @param twoPersons steps that two persons set off together: who confirms, marks, retries or skips them is answered that another
 *     has to agree, and gives that one the token; default none
 * @param holds for how long a confirmation and an unanswered token hold, 1 s to 24 h, or null if for ever, the default. A step whose
 *     command was not sent by then, because the run was paused, or waited, or changed its owner, is confirmed anew
 * @since 0.1.0
 */
public record GateSettings(
        Set<SwitchoverStep> twoPersons, @Nullable Duration holds) {

    private static final GateSettings NONE = new GateSettings(Set.of(), null);

    /** Checks the ranges. */
    public GateSettings {
        Limits.elements("GateSettings.twoPersons", twoPersons, SwitchoverStep.values().length);
        twoPersons = Set.copyOf(twoPersons);
        if (holds != null) {
            Limits.range("GateSettings.holds", holds, Duration.ofSeconds(1), Duration.ofHours(24));
        }
    }

    /** Returns that one person is enough, for ever. */
    public static GateSettings none() {
        return NONE;
    }

    /**
     * Returns these settings with steps that two persons set off.
     *
     * @param steps which
     * @return the changed settings
     */
    public GateSettings withTwoPersons(Set<SwitchoverStep> steps) {
        return new GateSettings(steps, holds);
    }

    /**
     * Returns these settings with another time for which a confirmation holds.
     *
     * @param value how long, or null if for ever
     * @return the changed settings
     */
    public GateSettings withHolds(@Nullable Duration value) {
        return new GateSettings(twoPersons, value);
    }
}
