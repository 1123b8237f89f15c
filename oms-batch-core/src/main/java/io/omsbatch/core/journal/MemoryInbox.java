package io.omsbatch.core.journal;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunCommand;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The inboxes of all runs in memory, those commands first that were put there first. Guarded by the lock of its store. */
final class MemoryInbox {

    private record Key(String runId, String commandId) {}

    private final Map<Key, RunCommand> waiting = new LinkedHashMap<>();

    /** By run and command; null while there is no answer. */
    private final Map<String, Map<String, @Nullable JournalRecord>> answers = new HashMap<>();

    void put(RunCommand command) {
        Map<String, @Nullable JournalRecord> known = answers.computeIfAbsent(command.runId(), runId -> new HashMap<>());
        if (!known.containsKey(command.id())) {
            known.put(command.id(), null);
            waiting.put(new Key(command.runId(), command.id()), command);
        }
    }

    List<RunCommand> waiting(Set<String> runs, int most) {
        return waiting.values().stream()
                .filter(command -> runs.contains(command.runId()))
                .limit(most)
                .toList();
    }

    /** Takes the command out that a fact answers, if it is such a fact. */
    void note(String runId, JournalRecord fact) {
        String command = fact.detail().get("command");
        if (fact.kind() == JournalRecord.Kind.ANSWERED
                && command != null
                && waiting.remove(new Key(runId, command)) != null) {
            answers.getOrDefault(runId, Map.of()).put(command, fact);
        }
    }

    @Nullable
    JournalRecord answer(String runId, String commandId) {
        return answers.getOrDefault(runId, Map.of()).get(commandId);
    }

    void forget(String runId) {
        answers.remove(runId);
        waiting.keySet().removeIf(key -> key.runId().equals(runId));
    }
}
