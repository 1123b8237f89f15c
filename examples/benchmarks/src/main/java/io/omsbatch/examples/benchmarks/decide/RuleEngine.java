package io.omsbatch.examples.benchmarks.decide;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.MigrationTask;
import org.jeasy.rules.api.Facts;
import org.jeasy.rules.api.Rules;
import org.jeasy.rules.api.RulesEngine;
import org.jeasy.rules.api.RulesEngineParameters;
import org.jeasy.rules.core.DefaultRulesEngine;
import org.jeasy.rules.core.RuleBuilder;

/** The documented rules for Easy Rules: one for each operation; the first that applies decides. Not thread-safe. */
final class RuleEngine {

    private final RulesEngine engine = new DefaultRulesEngine(new RulesEngineParameters().skipOnFirstAppliedRule(true));
    private final Rules rules = new Rules();
    private boolean eligible;

    RuleEngine() {
        for (OperationKind kind : Pairs.kinds()) {
            rules.register(new RuleBuilder()
                    .name(kind.name())
                    .when(facts -> fits(facts, kind))
                    .then(facts -> eligible = true)
                    .build());
        }
    }

    private static boolean fits(Facts facts, OperationKind kind) {
        BatchOperation operation = facts.get("operation");
        MigrationTask task = facts.get("task");
        return operation.kind() == kind && HandWritten.allows(task.status(), kind) && HandWritten.holds(task, kind);
    }

    HandWritten.Decision decide(MigrationTask task, BatchOperation operation) {
        Facts facts = new Facts();
        facts.put("task", task);
        facts.put("operation", operation);
        eligible = false;
        engine.fire(rules, facts);
        return eligible
                ? new HandWritten.Decision(null, null, null)
                : new HandWritten.Decision(task, operation, "NO_RULE_APPLIES");
    }
}
