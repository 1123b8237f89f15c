package io.omsbatch.examples.postgres.precheck;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.replication.OpenTransaction;
import java.util.List;

/**
 * Whether a writing transaction is open for so long that something would wait for it: a new slot waits for those of the
 * whole server, the write stop for those of its own database.
 */
final class TransactionChecks {
    private static final long LONG_SECONDS = 3;

    private TransactionChecks() {}

    static List<Finding> beforeStart(Session source) {
        return List.of(none(source, OpenTransaction.atLeast(source, LONG_SECONDS)));
    }

    static List<Finding> beforeSwitchover(Session source, Session target) {
        String database = source.text("SELECT current_database()");
        List<OpenTransaction> ofDatabase = OpenTransaction.atLeast(source, LONG_SECONDS).stream()
                .filter(open -> open.database().equals(database))
                .toList();
        return List.of(none(source, ofDatabase), none(target, OpenTransaction.atLeast(target, LONG_SECONDS)));
    }

    private static Finding none(Session session, List<OpenTransaction> open) {
        return open.stream()
                .findFirst()
                .map(oldest -> Finding.blocking(
                        "open-transaction-" + session.server(),
                        "on " + session.where() + ": " + oldest
                                + (open.size() > 1 ? ", and " + (open.size() - 1) + " more" : ""),
                        "end it (" + oldest.remedy() + "), then repeat"))
                .orElseGet(() -> Finding.passed(
                        "open-transaction-" + session.server(),
                        "no writing transaction on " + session.where() + " is open for " + LONG_SECONDS + " s"));
    }
}
