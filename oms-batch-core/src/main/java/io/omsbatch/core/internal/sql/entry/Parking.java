package io.omsbatch.core.internal.sql.entry;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.core.internal.audit.HashChain;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.Transactions;
import io.omsbatch.core.internal.sql.run.Ownership;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Parks runs that nobody owns and whose plan need not be understood for it. */
public final class Parking {

    private final Transactions transactions;
    private final LongSupplier ids;
    private final Supplier<HashChain> chains;

    /** Creates it; the numbers are unique in the journal. */
    public Parking(Transactions transactions, LongSupplier ids, Supplier<HashChain> chains) {
        this.transactions = transactions;
        this.ids = ids;
        this.chains = chains;
    }

    /** Parks a run; returns whether it was parked. */
    public boolean park(String runId, JournalRecord parked) {
        long batch = ids.getAsLong();
        return transactions.run(runId, (sql, inDoubt) -> {
            Ownership before = Ownership.lock(sql, Set.of(runId)).get(runId);
            if (inDoubt && EntryWrite.find(sql, runId, batch).isPresent()) {
                return true;
            }
            if (before == null
                    || before.ended()
                    || before.standing().state() == RunSummary.State.PARKED
                    || before.expiresAt().isAfter(sql.now())) {
                return false;
            }
            FencingToken token = new FencingToken(before.token().value() + 1);
            sql.update("UPDATE {lease} SET token = ? WHERE run_id = ?", token.value(), FlatText.id(runId));
            new EntryWrite(sql, false, chains.get())
                    .write(List.of(PendingAppend.of(runId, token, List.of(parked), batch)));
            return true;
        });
    }
}
