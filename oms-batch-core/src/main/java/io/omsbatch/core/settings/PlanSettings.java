package io.omsbatch.core.settings;

import io.omsbatch.api.Limits;
import java.time.Duration;

/**
 * What a plan may be. Immutable.
 *
 * @param validity for how long a plan may be confirmed, 1 s to 24 h; default 10 min
 * @param maximumTasks how many tasks a request may select, 1 to 1 000 000; default 10 000
 * @since 0.1.0
 */
public record PlanSettings(Duration validity, int maximumTasks) {

    /** Checks the ranges. */
    public PlanSettings {
        Limits.range("PlanSettings.validity", validity, Duration.ofSeconds(1), Duration.ofHours(24));
        Limits.range("PlanSettings.maximumTasks", maximumTasks, 1, Limits.TASKS);
    }

    /** Returns the defaults. */
    public static PlanSettings defaults() {
        return new PlanSettings(Duration.ofMinutes(10), 10_000);
    }

    /**
     * Returns these settings with another size.
     *
     * @param value how many tasks a request may select
     * @return the changed settings
     */
    public PlanSettings withMaximumTasks(int value) {
        return new PlanSettings(validity, value);
    }
}
