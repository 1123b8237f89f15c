package io.omsbatch.examples.service.gateway;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.testkit.contract.EligibilityPolicyContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("What the service's platform allows keeps the policy's contract")
class ForwardOnlyContractTest extends EligibilityPolicyContract {

    @Override
    protected EligibilityPolicy policy() {
        return ForwardOnly.documented();
    }
}
