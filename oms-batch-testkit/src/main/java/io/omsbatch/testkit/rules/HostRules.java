package io.omsbatch.testkit.rules;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import io.omsbatch.api.access.AccessPolicy;
import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.HealthGate;
import io.omsbatch.api.event.BatchListener;
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

    /**
     * Returns the rule that listeners, policies and health gates of the host do not call an engine or a run. They are called by the
     * engine, some of them under way to a command: one that waits for the engine may wait for itself. What a lambda does is not seen,
     * because it belongs to the class in which it is written.
     *
     * @return the rule
     */
    public static ArchRule calledBackPartsDoNotCallTheEngine() {
        return noClasses()
                .that()
                .areAssignableTo(BatchListener.class)
                .or()
                .areAssignableTo(EligibilityPolicy.class)
                .or()
                .areAssignableTo(AccessPolicy.class)
                .or()
                .areAssignableTo(HealthGate.class)
                .should()
                .callMethodWhere(
                        target(owner(assignableTo(BatchEngine.class))).or(target(owner(assignableTo(BatchRun.class)))))
                .because("the engine is waiting for it meanwhile; hand the work to a thread of the host");
    }

    /**
     * Returns the rule that the classes of the host's domain know no implementation of a gateway: an adapter translates between the
     * library and a platform, and whoever else depends on it cannot be run, or tested, without that platform.
     *
     * @param domainPackages the packages of the domain, as ArchUnit writes them, such as {@code com.example.orders..}; at least one
     * @return the rule
     */
    public static ArchRule gatewaysStayOutOf(String... domainPackages) {
        return noClasses()
                .that()
                .resideInAnyPackage(domainPackages)
                .and()
                .areNotAssignableTo(TaskGateway.class)
                .should()
                .dependOnClassesThat(assignableTo(TaskGateway.class).and(isNoInterface()))
                .because("an adapter belongs to the edge of the host; the domain asks the engine");
    }

    private static DescribedPredicate<JavaClass> isNoInterface() {
        return DescribedPredicate.describe("are no interface", type -> !type.isInterface());
    }
}
