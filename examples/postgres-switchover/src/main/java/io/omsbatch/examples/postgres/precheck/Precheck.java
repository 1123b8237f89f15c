package io.omsbatch.examples.postgres.precheck;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.replication.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Looks for what would stop a database on its way, before it does. Only reads. Thread-safe. */
public final class Precheck {
    private final Databases source;
    private final Databases target;
    private final String database;

    /**
     * Looks at {@code database} on the two servers.
     *
     * @param source where the application is
     * @param target where it is going
     */
    public Precheck(Databases source, Databases target, String database) {
        this.source = source;
        this.target = target;
        this.database = database;
    }

    /**
     * Before a migration starts.
     *
     * @param links how many databases are going to need a link in this direction at the same time
     */
    public List<Finding> beforeStart(int links) {
        try (Session from = source.open(database);
                Session to = target.openServer()) {
            List<Finding> findings = new ArrayList<>();
            findings.addAll(ServerChecks.versions(from, to));
            findings.addAll(CapacityChecks.of(from, to, links));
            findings.addAll(PrivilegeChecks.beforeStart(from, to));
            findings.addAll(TableChecks.beforeStart(from));
            findings.addAll(TransactionChecks.beforeStart(from));
            return findings;
        }
    }

    /**
     * Before a switchover.
     *
     * @param leading which way changes flow now
     * @param links how many databases are going to need a link back at the same time; empty if nothing
     *     is going to flow back
     * @param following whether changes are followed; without that, tables are not published any more
     * @param lag how far the target is behind; empty if nobody knows
     */
    public List<Finding> beforeSwitchover(
            Direction leading, OptionalInt links, boolean following, Optional<Duration> lag) {
        try (Session from = source.open(database);
                Session to = target.open(database)) {
            List<Finding> findings = new ArrayList<>();
            findings.addAll(TableChecks.beforeSwitchover(from, to));
            if (following) {
                findings.add(LagCheck.of(lag));
                findings.add(TableChecks.published(from, leading.nameFor(database)));
            }
            findings.addAll(TransactionChecks.beforeSwitchover(from, to));
            findings.add(SequenceCheck.of(from, to));
            if (links.isPresent()) {
                findings.addAll(ServerChecks.versions(to, from));
                findings.addAll(CapacityChecks.of(to, from, links.getAsInt()));
                findings.addAll(PrivilegeChecks.beforeReverse(from, to));
            }
            return findings;
        }
    }
}
