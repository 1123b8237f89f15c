package io.omsbatch.core.journal;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.core.internal.fact.RunStanding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One run in memory: its facts and its owner. Guarded by the lock of its store. */
final class MemoryRun {

    final RunRecord record;
    private final List<JournalEntry> entries = new ArrayList<>();

    private FencingToken token = new FencingToken(1);
    private String owner;
    private Instant ownedUntil;
    private RunStanding standing;

    MemoryRun(RunRecord record, Lease lease, Instant now) {
        this.record = record;
        this.owner = lease.owner();
        this.ownedUntil = now.plus(lease.duration());
        this.standing = RunStanding.begun(record.startedAt());
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
        return standing.state() == RunSummary.State.ENDED;
    }

    boolean parked() {
        return standing.state() == RunSummary.State.PARKED;
    }

    /** Whether all its tasks are on one of these platforms. */
    boolean within(Set<String> platforms) {
        return record.plan().request().tasks().stream().allMatch(task -> platforms.contains(task.platform()));
    }

    void renew(Lease lease, Instant now) {
        owner = lease.owner();
        ownedUntil = now.plus(lease.duration());
    }

    void release(Instant now) {
        ownedUntil = now;
    }

    void takeOver(Lease lease, Instant now) {
        token = new FencingToken(token.value() + 1);
        renew(lease, now);
    }

    Appended append(List<JournalRecord> records) {
        for (JournalRecord fact : records) {
            entries.add(new JournalEntry(entries.size() + 1L, token, fact));
            standing = standing.after(fact);
        }
        return new Appended(entries.size(), "");
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
                record.plan().request().redriveOf(),
                standing.ownedBy(owner, ownedUntil));
    }
}
