package io.omsbatch.api.access;

import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.TaskRef;

/** The policy that allows everything: one object, so that whoever would have to ask it of many tasks can see that it is not worth it. */
enum AllowAll implements AccessPolicy {
    POLICY;

    @Override
    public boolean allows(Actor actor, BatchOperation operation, TaskRef task) {
        return true;
    }
}
