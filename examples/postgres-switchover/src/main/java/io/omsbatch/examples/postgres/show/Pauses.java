package io.omsbatch.examples.postgres.show;

import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.operation.RunAction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers why runs were paused. Thread-safe. */
public final class Pauses implements BatchListener {
    private final Map<String, String> reasons = new ConcurrentHashMap<>();

    @Override
    public void onEvent(BatchEvent event) {
        if (event instanceof BatchEvent.RunControlled controlled && controlled.action() == RunAction.PAUSE) {
            reasons.put(controlled.stamp().runId(), ": " + controlled.reason());
        }
    }

    /** Why a run was paused last, after a colon; empty if another process paused it. */
    public String why(String runId) {
        return reasons.getOrDefault(runId, "");
    }
}
