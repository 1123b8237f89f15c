package io.omsbatch.examples.service.engine;

import io.omsbatch.api.access.AccessPolicy;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.TaskRef;
import java.util.Set;

/**
 * Operators do what can be done back, administrators everything, all others nothing. Immutable.
 *
 * @param operators the names of the operators
 * @param administrators the names of the administrators
 */
public record HostAccess(Set<String> operators, Set<String> administrators) implements AccessPolicy {

    /** Copies the names. */
    public HostAccess {
        operators = Set.copyOf(operators);
        administrators = Set.copyOf(administrators);
    }

    @Override
    public boolean allows(Actor actor, BatchOperation operation, TaskRef task) {
        return allows(actor, operation.kind());
    }

    /**
     * Returns whether somebody may order an operation. The engine asks about tasks before it sends anything; about the controls of a run it
     * asks nobody, so the service does.
     *
     * @param actor who wants to
     * @param kind the operation
     * @return whether that is allowed
     */
    public boolean allows(Actor actor, OperationKind kind) {
        boolean lasting = kind == OperationKind.END || kind == OperationKind.DELETE;
        return administrators.contains(actor.name()) || (!lasting && operators.contains(actor.name()));
    }

    /**
     * Returns whether somebody may act at all.
     *
     * @param actor who wants to
     * @return whether the actor is in one of the lists
     */
    public boolean knows(Actor actor) {
        return operators.contains(actor.name()) || administrators.contains(actor.name());
    }
}
