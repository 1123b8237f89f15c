package io.omsbatch.core;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.RecordedEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Finds tasks that two runs held at one time (RUN-5). */
final class ClaimFindings {

    private ClaimFindings() {}

    static void check(EngineHarness world) {
        Map<TaskRef, Map<String, Integer>> outcomes = new HashMap<>();
        for (RecordedEntry entry : world.journal.entries()) {
            JournalRecord fact = entry.entry().record();
            if (fact.kind() == JournalRecord.Kind.OUTCOME) {
                outcomes.computeIfAbsent(Objects.requireNonNull(fact.subject()).task(), task -> new HashMap<>())
                        .put(entry.runId(), entry.moment().order());
            }
        }
        Map<TaskRef, GatewayCall> last = new HashMap<>();
        for (GatewayCall call : world.commands()) {
            TaskRef task = call.tasks().get(0);
            GatewayCall before = last.put(task, call);
            if (before != null && !run(before).equals(run(call))) {
                Integer over = outcomes.getOrDefault(task, Map.of()).get(run(before));
                if (over == null || over > call.timing().begun().order()) {
                    throw new AssertionError("RUN-5: " + call + " began before run " + run(before)
                            + " had the task's outcome\n" + world.platform.history());
                }
            }
        }
    }

    private static String run(GatewayCall call) {
        return call.order().context().runId();
    }
}
