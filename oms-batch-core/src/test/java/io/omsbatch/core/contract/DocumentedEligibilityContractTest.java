package io.omsbatch.core.contract;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.testkit.contract.EligibilityPolicyContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The documented eligibility keeps the contract")
class DocumentedEligibilityContractTest extends EligibilityPolicyContract {

    @Override
    protected EligibilityPolicy policy() {
        return EligibilityPolicy.documented();
    }
}
