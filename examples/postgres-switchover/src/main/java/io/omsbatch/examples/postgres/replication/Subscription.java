package io.omsbatch.examples.postgres.replication;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.database.Sql;

/** The receiving end. None of these statements may run in a transaction block. */
final class Subscription {

    private Subscription() {}

    static boolean isThere(Session session, String name) {
        return session.isTrue(
                "SELECT EXISTS (SELECT FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid"
                        + " WHERE s.subname = ? AND d.datname = current_database())",
                name);
    }

    /**
     * Creates it if it is absent, which proves that the other server can be reached from here. The slot is there already: a subscription that creates it waits without a
     * limit on the other server. Rows that came from a subscription are not passed on, or they would go round for ever.
     */
    static void create(Session session, String name, String connection, boolean copy, boolean enabled) {
        if (!isThere(session, name)) {
            session.execute("CREATE SUBSCRIPTION " + Sql.name(name) + " CONNECTION " + Sql.text(connection)
                    + " PUBLICATION " + Sql.name(name) + " WITH (create_slot = false, slot_name = " + Sql.text(name)
                    + ", copy_data = " + copy + ", enabled = " + enabled + ", origin = none, disable_on_error = true)");
        }
    }

    static void enable(Session session, String name) {
        session.execute("ALTER SUBSCRIPTION " + Sql.name(name) + " ENABLE");
    }

    static void disable(Session session, String name) {
        session.execute("ALTER SUBSCRIPTION " + Sql.name(name) + " DISABLE");
    }

    /** Drops it without asking the other server, which may be out of reach; its slot is dropped there afterwards. */
    static void drop(Session session, String name) {
        session.execute("ALTER SUBSCRIPTION " + Sql.name(name) + " SET (slot_name = NONE)");
        session.execute("DROP SUBSCRIPTION IF EXISTS " + Sql.name(name));
    }

    static boolean workerIsThere(Session session, String name) {
        return session.isTrue(
                "SELECT EXISTS (SELECT FROM pg_stat_subscription w JOIN pg_subscription s ON s.oid = w.subid"
                        + " JOIN pg_database d ON d.oid = s.subdbid"
                        + " WHERE s.subname = ? AND d.datname = current_database() AND w.pid IS NOT NULL)",
                name);
    }

    static InitialCopy initialCopy(Session session, String name) {
        return session.one(
                "SELECT count(*) FILTER (WHERE r.srsubstate = 'r'), count(*) FROM pg_subscription_rel r"
                        + " JOIN pg_subscription s ON s.oid = r.srsubid JOIN pg_database d ON d.oid = s.subdbid"
                        + " WHERE s.subname = ? AND d.datname = current_database()",
                row -> new InitialCopy(row.getInt(1), row.getInt(2)),
                name);
    }

    /** What the slots are called that its copying workers leave on the other server when they are cut off. */
    static String copySlotPattern(Session session) {
        return session.text("SELECT 'pg\\_%\\_sync\\_%\\_' || system_identifier FROM pg_control_system()");
    }
}
