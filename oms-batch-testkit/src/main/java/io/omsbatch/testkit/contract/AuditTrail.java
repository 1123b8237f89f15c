package io.omsbatch.testkit.contract;

import static io.omsbatch.testkit.contract.RunMemory.opened;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a store says of the hash chain that it keeps, or does not keep. */
final class AuditTrail {

    private static final String LOOK =
            ". Look at: which hash append returns, and which of them the audit calls the head";

    private final JournalStore store;

    AuditTrail(JournalStore store) {
        this.store = store;
    }

    void untouched() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        List<JournalRecord> facts = JournalSamples.everyKind();
        Set<String> hashes = new HashSet<>();
        hashes.add(store.append("run-1", token, facts.subList(0, 2)).hash());
        hashes.add(store.append("run-1", token, facts.subList(0, 2)).hash());
        Appended last = store.append("run-1", token, facts);
        hashes.add(last.hash());
        AuditCheck check = store.audit("run-1");
        if (check.verdict() == AuditCheck.Verdict.NOT_KEPT) {
            assertEquals(Set.of(""), hashes, "SEC-4: no chain is kept, and append returned hashes" + LOOK);
            assertEquals("", check.head(), "SEC-4: no chain is kept, and there is a head" + LOOK);
            return;
        }
        assertEquals(
                new AuditCheck(AuditCheck.Verdict.INTACT, last.last(), last.hash(), ""),
                check,
                "SEC-4: the audit of a run that nobody touched" + LOOK);
        assertEquals(3, hashes.size(), "SEC-4: the same facts at another place must have another hash" + LOOK);
        List<JournalEntry> read = store.read("run-1", last.last() - 1, 1);
        assertEquals(
                last.hash(),
                read.get(0).hash(),
                "SEC-4: the hash with which a fact is read. Look at: what read says of the hash that append returned");
    }

    void unknownRun() {
        JournalException refused = assertThrows(
                JournalException.class,
                () -> store.audit("run-9"),
                "SEC-4: an unknown run was found intact. Look at: where audit looks for the run");
        assertEquals(JournalException.Kind.NO_SUCH_RUN, refused.kind(), "the kind of the failure");
    }
}
