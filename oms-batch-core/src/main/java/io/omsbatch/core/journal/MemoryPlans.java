package io.omsbatch.core.journal;

import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.plan.BatchPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans that await consent, and what second persons said of them. Not thread-safe. */
final class MemoryPlans {

    private static final int PLANS = 1_000;

    /** Most tasks that all kept plans have together; the newest plan is kept whatever its size. */
    private static final int PLANNED_TASKS = 100_000;

    /** Most that is kept of what was said of plans that are not. */
    private static final int STRAY_APPROVALS = 1_000;

    private final Map<String, BatchPlan> plans = new LinkedHashMap<>();
    private final List<Approval> approvals = new ArrayList<>();

    void save(BatchPlan plan, Instant now) {
        plans.values().removeIf(kept -> kept.validUntil().isBefore(now));
        plans.remove(plan.fingerprint());
        plans.put(plan.fingerprint(), plan);
        forgetOld();
    }

    private void forgetOld() {
        int tasks = plans.values().stream()
                .mapToInt(plan -> plan.request().tasks().size())
                .sum();
        Iterator<BatchPlan> oldest = plans.values().iterator();
        while (plans.size() > PLANS || (tasks > PLANNED_TASKS && plans.size() > 1)) {
            tasks -= oldest.next().request().tasks().size();
            oldest.remove();
        }
    }

    @Nullable
    BatchPlan find(String fingerprint) {
        return plans.get(fingerprint);
    }

    /** The plan has led to a run. */
    void confirmed(String fingerprint) {
        plans.remove(fingerprint);
    }

    /** Nothing is forgotten of what was said of a plan that can still be confirmed, a rejection least of all. */
    void save(Approval approval) {
        approvals.removeIf(old ->
                old.fingerprint().equals(approval.fingerprint()) && old.actor().equals(approval.actor()));
        approvals.add(approval);
        List<Approval> stray = approvals.stream()
                .filter(each -> !plans.containsKey(each.fingerprint()))
                .toList();
        if (stray.size() > STRAY_APPROVALS) {
            approvals.removeAll(stray.subList(0, stray.size() - STRAY_APPROVALS));
        }
    }

    List<Approval> approvals(String fingerprint) {
        return approvals.stream()
                .filter(each -> each.fingerprint().equals(fingerprint))
                .sorted(Comparator.comparing(Approval::at))
                .toList();
    }
}
