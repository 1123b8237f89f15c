package io.omsbatch.core.internal.flight;

import io.omsbatch.api.task.TaskRef;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** What is recorded of one task of a run. */
abstract class TaskEvent extends Event {

    @Label("Run")
    String run = "";

    @Label("Platform")
    String platform = "";

    @Label("Task")
    String task = "";

    @Label("Operation or step")
    String step = "";

    /** Says what it is about. */
    final void about(String runId, TaskRef ref, String stepName) {
        run = runId;
        platform = ref.platform();
        task = ref.id();
        step = stepName;
    }
}
