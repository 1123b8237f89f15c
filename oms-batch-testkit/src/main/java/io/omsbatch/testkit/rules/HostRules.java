package io.omsbatch.testkit.rules;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import io.omsbatch.api.gateway.TaskGateway;

/**
 * Rules that a host checks over its own classes, with ArchUnit's {@code rule.check(classes)}.
 *
 * @since 0.1.0
 */
public final class HostRules {

    private HostRules() {}

    /**
     * Returns the rule that no class of the host sends a command to a gateway itself; gateways that wrap another one are
     * exempt. What goes past the engine has no intent in the journal, no claim on its task and no outcome (RUN-2, RUN-5).
     *
     * @return the rule
     */
    public static ArchRule onlyTheEngineCommandsGateways() {
        return noClasses()
                .that()
                .areNotAssignableTo(TaskGateway.class)
                .should()
                .callMethodWhere(target(name("command")).and(target(owner(assignableTo(TaskGateway.class)))))
                .because("a command past the engine is claimed by nobody and recorded nowhere (RUN-2, RUN-5)");
    }
}
