package io.omsbatch.examples.service.gateway;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.SwitchoverDirection;

/** What the platform allows beyond the documented matrix: it never switches back. Use it together with that. */
public final class ForwardOnly implements EligibilityPolicy {

    private static final Verdict NEVER = Verdict.no(new Reason(
            "NO_SWITCH_BACK", "this platform never switches back; migrate the database back with a job of its own"));

    /** Returns what the platform allows: the documented matrix without the switch back. */
    public static EligibilityPolicy documented() {
        return EligibilityPolicy.documented().and(new ForwardOnly());
    }

    @Override
    public Verdict judge(MigrationTask task, BatchOperation operation) {
        return operation.kind().direction() == SwitchoverDirection.BACK ? NEVER : Verdict.yes();
    }
}
