package io.omsbatch.core.settings;

import io.omsbatch.api.Limits;
import io.omsbatch.api.operation.OperationKind;
import java.time.Duration;
import java.util.Set;

/**
 * What a plan may be. Immutable.
 *
 * @param validity for how long a plan may be confirmed, 1 s to 24 h; default 10 min
 * @param maximumTasks how many tasks a request may select, 1 to 1 000 000; default 10 000
 * @param fourEyes which operations need the approval of a second person; default none. Set it alike on all engines that share a
 *     journal
 * @param approvalValidity for how long such an approval holds, 1 s to 24 h; default 1 h. A plan that has expired cannot be run
 *     whatever its approvals
 * @since 0.1.0
 */
public record PlanSettings(
        Duration validity, int maximumTasks, Set<OperationKind> fourEyes, Duration approvalValidity) {

    /** Checks the ranges. */
    public PlanSettings {
        Limits.range("PlanSettings.validity", validity, Duration.ofSeconds(1), Duration.ofHours(24));
        Limits.range("PlanSettings.maximumTasks", maximumTasks, 1, Limits.TASKS);
        Limits.elements("PlanSettings.fourEyes", fourEyes, OperationKind.values().length);
        fourEyes = Set.copyOf(fourEyes);
        Limits.range("PlanSettings.approvalValidity", approvalValidity, Duration.ofSeconds(1), Duration.ofHours(24));
    }

    /** Returns the defaults. */
    public static PlanSettings defaults() {
        return new PlanSettings(Duration.ofMinutes(10), 10_000, Set.of(), Duration.ofHours(1));
    }

    /**
     * Returns these settings with another validity.
     *
     * @param value for how long a plan may be confirmed
     * @return the changed settings
     */
    public PlanSettings withValidity(Duration value) {
        return new PlanSettings(value, maximumTasks, fourEyes, approvalValidity);
    }

    /**
     * Returns these settings with another size.
     *
     * @param value how many tasks a request may select
     * @return the changed settings
     */
    public PlanSettings withMaximumTasks(int value) {
        return new PlanSettings(validity, value, fourEyes, approvalValidity);
    }

    /**
     * Returns these settings with operations that need the approval of a second person.
     *
     * @param operations which
     * @param holds for how long an approval holds
     * @return the changed settings
     */
    public PlanSettings withFourEyes(Set<OperationKind> operations, Duration holds) {
        return new PlanSettings(validity, maximumTasks, operations, holds);
    }
}
