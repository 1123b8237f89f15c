package io.omsbatch.core;

import io.omsbatch.api.access.AccessPolicy;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.TaskRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host's access policy that denies where it throws. */
record GuardedAccess(AccessPolicy policy) implements AccessPolicy {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedAccess.class);

    @Override
    public boolean allows(Actor actor, BatchOperation operation, TaskRef task) {
        try {
            return policy.allows(actor, operation, task);
        } catch (Throwable thrown) { // a policy of another language may throw checked exceptions, too
            LOG.warn(
                    "The access policy threw {} for {} on {}; that denies",
                    thrown.getClass().getName(),
                    actor,
                    task);
            return false;
        }
    }
}
