package io.omsbatch.core.settings;

import java.util.Objects;

/**
 * How an engine lives with its journal. Immutable.
 *
 * @param lease how it owns its runs
 * @param outage what its runs do while the journal does not answer
 * @since 0.1.0
 */
public record JournalSettings(LeaseSettings lease, OutageSettings outage) {

    /** Checks the parts. */
    public JournalSettings {
        Objects.requireNonNull(lease, "JournalSettings.lease");
        Objects.requireNonNull(outage, "JournalSettings.outage");
    }

    /** Returns the defaults. */
    public static JournalSettings defaults() {
        return new JournalSettings(LeaseSettings.defaults(), OutageSettings.defaults());
    }
}
