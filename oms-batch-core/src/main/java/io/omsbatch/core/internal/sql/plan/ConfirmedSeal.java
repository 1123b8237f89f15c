package io.omsbatch.core.internal.sql.plan;

import io.omsbatch.core.internal.audit.HashChain;
import java.util.List;

/**
 * The first hash of a run: over what was confirmed, by whom and why, and the plan as it was shown. The rows are taken in in one
 * order, those of tasks last, because they may be very many.
 */
public final class ConfirmedSeal {

    private final HashChain chain;

    /** Begins it. */
    public ConfirmedSeal(HashChain chain) {
        this.chain = chain;
    }

    /** Takes in a row. */
    public void add(ChainedTable table, List<Object> row) {
        chain.add(table.canonical(row));
    }

    /** Takes in rows. */
    public void addAll(ChainedTable table, List<List<Object>> rows) {
        rows.forEach(row -> add(table, row));
    }

    /** Returns the hash over all of them. */
    public String hash() {
        return chain.hash();
    }

    /** Returns the hash of a run that is about to be opened. */
    public static String of(
            HashChain chain,
            List<Object> run,
            PlanRows plan,
            List<List<Object>> acknowledged,
            List<List<Object>> approved) {
        ConfirmedSeal seal = new ConfirmedSeal(chain);
        seal.add(ChainedTable.RUN, run);
        seal.add(ChainedTable.PLAN, plan.plan());
        seal.addAll(ChainedTable.PLAN_LANE, plan.lanes());
        seal.addAll(ChainedTable.ACKNOWLEDGED, acknowledged);
        seal.addAll(ChainedTable.APPROVED, approved);
        seal.addAll(ChainedTable.PLAN_TASK, plan.tasks());
        return seal.hash();
    }
}
