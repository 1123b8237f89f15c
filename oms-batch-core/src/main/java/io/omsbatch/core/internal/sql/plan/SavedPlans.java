package io.omsbatch.core.internal.sql.plan;

import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.core.internal.sql.Sql;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The plans that this process saved last, by the numbers of their rows: what is confirmed where it was planned need be neither
 * read back nor written again. Whether the rows are still there only the database knows. Thread-safe.
 */
public final class SavedPlans {

    private static final int PLANS = 16;

    /** Most tasks that all kept plans have together, so that large ones do not fill the memory. */
    private static final int TASKS = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, BatchPlan> plans = new LinkedHashMap<>();

    /** Keeps a plan whose rows were written under a number, as these rows would give it back. */
    public void keep(long planId, BatchPlan plan) {
        BatchPlan kept = new BatchPlan(
                plan.fingerprint(),
                plan.request(),
                Sql.kept("BatchPlan.plannedAt", plan.plannedAt()),
                Sql.kept("BatchPlan.validUntil", plan.validUntil()),
                plan.entries(),
                plan.lanes(),
                plan.warnings());
        lock.lock();
        try {
            plans.put(planId, kept);
            int tasks = plans.values().stream()
                    .mapToInt(each -> each.entries().size())
                    .sum();
            Iterator<BatchPlan> oldest = plans.values().iterator();
            while (plans.size() > PLANS || tasks > TASKS) {
                tasks -= oldest.next().entries().size();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the plan of which the rows with a number were written, if it is kept. */
    public @Nullable BatchPlan find(long planId) {
        lock.lock();
        try {
            return plans.get(planId);
        } finally {
            lock.unlock();
        }
    }
}
