package io.omsbatch.examples.postgres.replication;

import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.database.Session;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the receiving server says of one subscription.
 *
 * @param enabled whether it is meant to run; the server itself disables one that cannot apply a row
 * @param worker whether its worker is there
 * @param applied up to which position of the other server it has applied; null until it has heard of one
 * @param errors how often applying or copying has failed
 */
public record SubscriptionState(
        boolean enabled, boolean worker, @Nullable Lsn applied, long errors) {

    /** All subscriptions of this platform on a server, by name; one look for any number of databases. */
    public static Map<String, SubscriptionState> all(Session session) {
        Map<String, SubscriptionState> states = new HashMap<>();
        session.list(
                "SELECT s.subname, s.subenabled, w.pid IS NOT NULL, w.latest_end_lsn,"
                        + " coalesce(e.apply_error_count + e.sync_error_count, 0)"
                        + " FROM pg_subscription s"
                        // the worker that applies, not one that copies a table or helps with a large transaction
                        + " LEFT JOIN pg_stat_subscription w"
                        + "   ON w.subid = s.oid AND w.relid IS NULL AND w.leader_pid IS NULL"
                        + " LEFT JOIN pg_stat_subscription_stats e ON e.subid = s.oid"
                        + " WHERE s.subname LIKE 'oms\\_%'",
                row -> {
                    String applied = row.getString(4);
                    return states.put(
                            row.getString(1),
                            new SubscriptionState(
                                    row.getBoolean(2),
                                    row.getBoolean(3),
                                    applied == null ? null : Lsn.parse(applied),
                                    row.getLong(5)));
                });
        return states;
    }
}
