package io.omsbatch.examples.postgres.precheck;

import io.omsbatch.examples.postgres.database.Session;
import java.util.ArrayList;
import java.util.List;

/** Whether the servers are able to replicate at all. */
final class ServerChecks {
    /** The first release with {@code origin = none}. */
    private static final int OLDEST = 160000;

    private ServerChecks() {}

    static List<Finding> versions(Session publisher, Session subscriber) {
        List<Finding> findings = new ArrayList<>();
        for (Session session : List.of(publisher, subscriber)) {
            int version = Integer.parseInt(session.text("SHOW server_version_num"));
            String said = session.where() + " runs PostgreSQL " + session.text("SHOW server_version");
            findings.add(
                    version >= OLDEST
                            ? Finding.passed("version-" + session.server(), said)
                            : Finding.blocking(
                                    "version-" + session.server(), said + ", 16 is the oldest", "upgrade it first"));
        }
        String level = publisher.text("SHOW wal_level");
        findings.add(
                level.equals("logical")
                        ? Finding.passed("wal-level", publisher.where() + " writes a logical log")
                        : Finding.blocking(
                                "wal-level",
                                publisher.where() + " has wal_level " + level,
                                "set wal_level = logical and restart that server"));
        return findings;
    }
}
