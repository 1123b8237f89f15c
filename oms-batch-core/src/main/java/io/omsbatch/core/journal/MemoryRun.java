package io.omsbatch.core.journal;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunCommand;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.operation.RunAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run in memory: its facts, its owner and its inbox. Guarded by the lock of its store. */
final class MemoryRun {

    final RunRecord record;
    private final List<JournalEntry> entries = new ArrayList<>();
    private final Map<String, RunCommand> inbox = new LinkedHashMap<>();
    private final Map<String, @Nullable JournalRecord> answers = new HashMap<>();

    private FencingToken token = new FencingToken(1);
    private String owner;
    private Instant ownedUntil;
    private RunSummary.State state = RunSummary.State.RUNNING;
    private Instant since;
    private String why = "";

    /** Whether it was paused when it was parked, and will be again when it goes on. */
    private boolean paused;

    MemoryRun(RunRecord record, Lease lease, Instant now) {
        this.record = record;
        this.owner = lease.owner();
        this.ownedUntil = now.plus(lease.duration());
        this.since = record.startedAt();
    }

    List<JournalEntry> entries() {
        return entries;
    }

    FencingToken token() {
        return token;
    }

    Instant ownedUntil() {
        return ownedUntil;
    }

    boolean ended() {
        return state == RunSummary.State.ENDED;
    }

    boolean parked() {
        return state == RunSummary.State.PARKED;
    }

    void ownUntil(Instant end) {
        ownedUntil = end;
    }

    void takeOver(Lease lease, Instant now) {
        token = new FencingToken(token.value() + 1);
        owner = lease.owner();
        ownedUntil = now.plus(lease.duration());
    }

    void park(JournalRecord parked) {
        token = new FencingToken(token.value() + 1);
        append(List.of(parked));
    }

    RunSummary summary() {
        return new RunSummary(
                record.runId(),
                record.plan().request().operation().kind(),
                record.confirmation().actor(),
                record.startedAt(),
                record.plan().request().tasks().size(),
                new RunSummary.Standing(state, since, why, owner, ownedUntil));
    }

    Appended append(List<JournalRecord> records) {
        for (JournalRecord fact : records) {
            entries.add(new JournalEntry(entries.size() + 1L, token, fact));
            note(fact);
        }
        return new Appended(entries.size(), "");
    }

    private void note(JournalRecord fact) {
        switch (fact.kind()) {
            case PARKED -> stand(RunSummary.State.PARKED, fact);
            case TAKEN_OVER -> {
                if (parked()) {
                    stand(paused ? RunSummary.State.PAUSED : RunSummary.State.RUNNING, fact);
                }
            }
            case ENDED -> stand(RunSummary.State.ENDED, fact);
            case CONTROL -> {
                if (fact.subject() == null && fact.code().equals(RunAction.PAUSE.name())) {
                    paused = true;
                    stand(RunSummary.State.PAUSED, fact);
                } else if (fact.subject() == null && fact.code().equals(RunAction.RESUME.name())) {
                    paused = false;
                    stand(RunSummary.State.RUNNING, fact);
                }
            }
            case ANSWERED -> {
                String command = fact.detail().get("command");
                if (command != null && inbox.remove(command) != null) {
                    answers.put(command, fact);
                }
            }
            default -> {}
        }
    }

    private void stand(RunSummary.State next, JournalRecord fact) {
        state = next;
        since = fact.at();
        why = next == RunSummary.State.PARKED ? fact.code() : "";
    }

    void send(RunCommand command) {
        if (!answers.containsKey(command.id())) {
            answers.put(command.id(), null);
            inbox.put(command.id(), command);
        }
    }

    Collection<RunCommand> commands() {
        return inbox.values();
    }

    @Nullable
    JournalRecord answer(String commandId) {
        return answers.get(commandId);
    }
}
