package io.omsbatch.core.journal.jdbc;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a journal uses its database. Immutable.
 *
 * @param tablePrefix what the names of all tables begin with: a lower case letter, then up to 29 of a-z, 0-9 and _; default
 *     {@code oms_batch_}. Two journals with different prefixes may share a database
 * @param createTables whether the journal makes or migrates its tables when it opens; default false, so that a host which
 *     does not let its services change tables applies {@link JournalSchema#script} itself
 * @param statementTimeout after how long one statement is given up, waiting for locks included, 1 s to 1 min; default 5 s
 * @param appendTimeout how long one append may wait behind others, 1 s to 10 min; default 30 s
 * @param accepted the durability risks that the host takes by name; default none
 * @param auditKey the secret that keys the hash chains, or null for chains without a key, which is the default; the same on every
 *     replica. Runs that were written without it, or with another, are found broken by {@link JdbcJournalStore#audit}
 * @since 0.1.0
 */
public record JdbcJournalSettings(
        String tablePrefix,
        boolean createTables,
        Duration statementTimeout,
        Duration appendTimeout,
        Set<DurabilityRisk> accepted,
        @Nullable AuditKey auditKey) {

    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,29}");

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException if a part breaks its limit
     */
    public JdbcJournalSettings {
        Objects.requireNonNull(tablePrefix, "JdbcJournalSettings.tablePrefix");
        if (!PREFIX.matcher(tablePrefix).matches()) {
            throw new InvalidInputException(
                    "JdbcJournalSettings.tablePrefix",
                    "is \"" + SafeText.shorten(tablePrefix, 40)
                            + "\"; use a lower case letter and then up to 29 of a-z, 0-9 and _");
        }
        Limits.range(
                "JdbcJournalSettings.statementTimeout", statementTimeout, Duration.ofSeconds(1), Duration.ofMinutes(1));
        Limits.range("JdbcJournalSettings.appendTimeout", appendTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10));
        accepted = Set.copyOf(Objects.requireNonNull(accepted, "JdbcJournalSettings.accepted"));
    }

    /** Returns the defaults. */
    public static JdbcJournalSettings defaults() {
        return new JdbcJournalSettings(
                "oms_batch_", false, Duration.ofSeconds(5), Duration.ofSeconds(30), Set.of(), null);
    }

    /**
     * Returns these settings with another prefix.
     *
     * @param value what the names of all tables begin with
     * @return the changed settings
     */
    public JdbcJournalSettings withTablePrefix(String value) {
        return new JdbcJournalSettings(value, createTables, statementTimeout, appendTimeout, accepted, auditKey);
    }

    /**
     * Returns these settings with the journal making and migrating its tables, or not.
     *
     * @param value whether it does
     * @return the changed settings
     */
    public JdbcJournalSettings withCreateTables(boolean value) {
        return new JdbcJournalSettings(tablePrefix, value, statementTimeout, appendTimeout, accepted, auditKey);
    }

    /**
     * Returns these settings with another statement timeout.
     *
     * @param value after how long one statement is given up
     * @return the changed settings
     */
    public JdbcJournalSettings withStatementTimeout(Duration value) {
        return new JdbcJournalSettings(tablePrefix, createTables, value, appendTimeout, accepted, auditKey);
    }

    /**
     * Returns these settings with another append timeout.
     *
     * @param value how long one append may wait behind others
     * @return the changed settings
     */
    public JdbcJournalSettings withAppendTimeout(Duration value) {
        return new JdbcJournalSettings(tablePrefix, createTables, statementTimeout, value, accepted, auditKey);
    }

    /**
     * Returns these settings with one more risk taken.
     *
     * @param risk the risk that the host takes
     * @return the changed settings
     */
    public JdbcJournalSettings accepting(DurabilityRisk risk) {
        Set<DurabilityRisk> more = new HashSet<>(accepted);
        more.add(Objects.requireNonNull(risk, "risk"));
        return new JdbcJournalSettings(tablePrefix, createTables, statementTimeout, appendTimeout, more, auditKey);
    }

    /**
     * Returns these settings with hash chains that are keyed.
     *
     * @param key the secret that keys them
     * @return the changed settings
     */
    public JdbcJournalSettings withAuditKey(AuditKey key) {
        return new JdbcJournalSettings(
                tablePrefix,
                createTables,
                statementTimeout,
                appendTimeout,
                accepted,
                Objects.requireNonNull(key, "JdbcJournalSettings.auditKey"));
    }
}
