package io.omsbatch.core.contract;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.core.plan.GuardedPolicy;
import io.omsbatch.testkit.contract.EligibilityPolicyContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Even a policy without verdicts keeps the contract once it is guarded")
class GuardedEligibilityContractTest extends EligibilityPolicyContract {

    @Override
    protected EligibilityPolicy policy() {
        return new GuardedPolicy((task, operation) -> null);
    }
}
