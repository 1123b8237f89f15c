package io.omsbatch.examples.postgres.verify;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.schema.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Compares all rows of a database on both servers. Changes no row. Thread-safe. */
public final class FullVerification {
    private static final Duration STATEMENT_LIMIT = Duration.ofMinutes(2);

    private final Databases source;
    private final Databases target;
    private final String database;

    /** Compares {@code database} on the two servers. */
    public FullVerification(Databases source, Databases target, String database) {
        this.source = source;
        this.target = target;
        this.database = database;
    }

    /**
     * Compares while writes go on: a difference counts only if it stays once the target has caught up with what the
     * source was when it was looked at.
     *
     * @param catchUp returns once the target has applied the source's log up to a position
     * @param wanted asked before each table; when it says no, the rest is left out
     */
    public VerificationResult whileWritten(Consumer<Lsn> catchUp, BooleanSupplier wanted) {
        return compare(wanted, (from, to, table) -> LiveComparison.of(from, to, table, catchUp));
    }

    /** Compares once, and every difference counts: for when nothing is written any more. */
    public VerificationResult strict() {
        return compare(() -> true, StrictComparison::of);
    }

    private VerificationResult compare(BooleanSupplier wanted, Comparison comparison) {
        List<TableResult> results = new ArrayList<>();
        try (Session from = source.open(database).limitedTo(STATEMENT_LIMIT);
                Session to = target.open(database).limitedTo(STATEMENT_LIMIT)) {
            for (Table table : Table.all(from)) {
                if (!wanted.getAsBoolean()) {
                    break;
                }
                results.add(comparison.compare(from, to, table));
            }
        }
        return new VerificationResult(results);
    }

    /** One table. */
    private interface Comparison {
        TableResult compare(Session from, Session to, Table table);
    }
}
