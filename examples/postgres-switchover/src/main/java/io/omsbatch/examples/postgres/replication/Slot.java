package io.omsbatch.examples.postgres.replication;

import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.database.SqlFailure;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import java.time.Duration;
import java.util.Optional;

/** The reservation of the log of one database for one reader. */
final class Slot {
    private static final Duration CREATE_LIMIT = Duration.ofSeconds(6);
    private static final Duration DROP_LIMIT = Duration.ofSeconds(10);

    private Slot() {}

    static boolean isThere(Session session, String name) {
        return session.isTrue("SELECT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = ?)", name);
    }

    /**
     * Creates it if it is absent and gives its position. PostgreSQL waits here for every writing transaction that is
     * open anywhere on the server; this waits only so long, then names the oldest.
     */
    static Lsn create(Session session, String name) {
        Optional<Lsn> there = position(session, name);
        if (there.isPresent()) {
            return there.get();
        }
        try {
            session.limitedTo(CREATE_LIMIT);
            return session.lsn("SELECT lsn FROM pg_create_logical_replication_slot(?, 'pgoutput')", name);
        } catch (SqlFailure e) {
            if (e.alreadyThere()) {
                return position(session, name).orElseThrow(() -> e);
            }
            throw e.ranOutOfTime()
                    ? OpenTransaction.blocking(session, "slot " + name).asFailure()
                    : e;
        }
    }

    /** Drops the slot itself and those that its subscription used to copy single tables. */
    static void dropAll(Session session, String name, String copySlots) {
        Waiting.untilTrue(
                DROP_LIMIT,
                () -> drop(session, name, copySlots),
                limit -> Problem.passing(
                        "SLOT_IN_USE",
                        "slot " + name + " on " + session.where() + " is still in use after " + limit.toSeconds()
                                + " s",
                        "end its reader, which pg_replication_slots.active_pid names, then repeat"));
    }

    private static boolean drop(Session session, String name, String copySlots) {
        try {
            session.list(
                    "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                            + " WHERE slot_name = ? OR (slot_name LIKE ? AND database = current_database())",
                    row -> true,
                    name,
                    copySlots);
            return true;
        } catch (SqlFailure e) {
            // the reader that has just been told to leave may still hold it, or have dropped it by itself
            if (e.inUse() || "42704".equals(e.state())) {
                return false;
            }
            throw e;
        }
    }

    /** Whether a reader would be given a change of local origin; nothing is consumed. */
    static boolean hasChanges(Session session, String name) {
        return session.isTrue(
                "SELECT EXISTS (SELECT FROM pg_logical_slot_peek_binary_changes(?, NULL, 1, 'proto_version', '1',"
                        + " 'publication_names', ?, 'origin', 'none'))",
                name,
                name);
    }

    private static Optional<Lsn> position(Session session, String name) {
        return session.first(
                "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = ?",
                row -> Lsn.parse(row.getString(1)),
                name);
    }
}
