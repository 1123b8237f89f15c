package io.omsbatch.examples.postgres.precheck;

import io.omsbatch.examples.postgres.database.Session;
import java.util.List;

/** Whether there is room for the links: a subscription without a free place waits for ever, without a word. */
final class CapacityChecks {
    private static final String WORKERS = "SELECT current_setting('max_logical_replication_workers')::int"
            + " - (SELECT count(*) FROM pg_stat_subscription WHERE pid IS NOT NULL)";
    private static final String ORIGINS =
            // its own limit since 18, that of the slots before
            "SELECT coalesce(current_setting('max_active_replication_origins', true),"
                    + " current_setting('max_replication_slots'))::int - (SELECT count(*) FROM pg_replication_origin)";

    private CapacityChecks() {}

    static List<Finding> of(Session publisher, Session subscriber, int links) {
        return List.of(
                free(
                        publisher,
                        "slots",
                        "max_replication_slots",
                        "SELECT current_setting('max_replication_slots')::int - (SELECT count(*) FROM pg_replication_slots)",
                        links),
                free(
                        publisher,
                        "senders",
                        "max_wal_senders",
                        "SELECT current_setting('max_wal_senders')::int - (SELECT count(*) FROM pg_stat_replication)",
                        links),
                free(subscriber, "workers", "max_logical_replication_workers", WORKERS, links),
                free(subscriber, "origins", "max_active_replication_origins or max_replication_slots", ORIGINS, links));
    }

    private static Finding free(Session session, String what, String setting, String query, int links) {
        int free = session.one(query, row -> row.getInt(1));
        String said = session.where() + " has " + free + " free " + what + " for " + links + " links";
        return free >= links
                ? Finding.passed("free-" + what, said)
                : Finding.blocking(
                        "free-" + what, said, "raise " + setting + " there, or migrate fewer databases at once");
    }
}
