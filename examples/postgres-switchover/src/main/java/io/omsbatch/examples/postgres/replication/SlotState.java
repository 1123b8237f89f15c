package io.omsbatch.examples.postgres.replication;

import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.database.Session;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the giving server says of one slot.
 *
 * @param active whether a subscription is reading from it
 * @param confirmed up to which position the reader has made everything durable
 * @param lost whether the server has already thrown away log that the reader still needs
 */
public record SlotState(boolean active, @Nullable Lsn confirmed, boolean lost) {

    /** All slots of this platform on a server, by name. */
    public static Map<String, SlotState> all(Session session) {
        Map<String, SlotState> states = new HashMap<>();
        session.list(
                "SELECT slot_name, active, confirmed_flush_lsn, coalesce(wal_status = 'lost', false)"
                        + " FROM pg_replication_slots WHERE slot_name LIKE 'oms\\_%'",
                row -> {
                    String confirmed = row.getString(3);
                    return states.put(
                            row.getString(1),
                            new SlotState(
                                    row.getBoolean(2),
                                    confirmed == null ? null : Lsn.parse(confirmed),
                                    row.getBoolean(4)));
                });
        return states;
    }
}
