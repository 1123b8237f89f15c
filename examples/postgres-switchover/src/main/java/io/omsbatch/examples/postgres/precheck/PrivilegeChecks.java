package io.omsbatch.examples.postgres.precheck;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.schema.Table;
import java.util.List;

/** Whether the platform's role may do what it is going to do. */
final class PrivilegeChecks {
    private static final String MAY_REPLICATE =
            "SELECT rolsuper OR rolreplication FROM pg_roles WHERE rolname = current_user";
    private static final String MAY_SUBSCRIBE =
            "SELECT rolsuper OR pg_has_role('pg_create_subscription', 'MEMBER') FROM pg_roles WHERE rolname = current_user";

    private PrivilegeChecks() {}

    static List<Finding> beforeStart(Session source, Session target) {
        return List.of(
                may(source, MAY_REPLICATE, "source-read-privilege", "read the log", "ALTER ROLE .. REPLICATION"),
                may(
                        target,
                        MAY_SUBSCRIBE,
                        "target-subscribe-privilege",
                        "subscribe",
                        "GRANT pg_create_subscription TO .."));
    }

    static List<Finding> beforeReverse(Session source, Session target) {
        return List.of(
                may(target, MAY_REPLICATE, "target-read-privilege", "read the log", "ALTER ROLE .. REPLICATION"),
                may(
                        source,
                        MAY_SUBSCRIBE,
                        "source-subscribe-privilege",
                        "subscribe",
                        "GRANT pg_create_subscription TO .."),
                mayWrite(source));
    }

    private static Finding may(Session session, String query, String id, String what, String remedy) {
        String role = session.text("SELECT current_user");
        return session.isTrue(query)
                ? Finding.passed(id, role + " may " + what + " on " + session.where())
                : Finding.blocking(id, role + " may not " + what + " on " + session.where(), remedy);
    }

    private static Finding mayWrite(Session source) {
        List<String> refused = Table.all(source).stream()
                .map(table -> table.name().quoted())
                .filter(table -> !source.isTrue(
                        "SELECT has_table_privilege(?, 'INSERT')"
                                + " AND has_table_privilege(?, 'UPDATE') AND has_table_privilege(?, 'DELETE')",
                        table,
                        table,
                        table))
                .toList();
        return refused.isEmpty()
                ? Finding.passed("source-write-privilege", "the platform may write every table of " + source.where())
                : Finding.blocking(
                        "source-write-privilege",
                        "the platform may not write " + refused + " of " + source.where(),
                        "GRANT INSERT, UPDATE, DELETE ON them to its role");
    }
}
