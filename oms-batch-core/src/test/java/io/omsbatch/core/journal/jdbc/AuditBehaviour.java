package io.omsbatch.core.journal.jdbc;

import static io.omsbatch.core.journal.jdbc.Samples.LEASE;
import static io.omsbatch.core.journal.jdbc.Samples.ORDERS;
import static io.omsbatch.core.journal.jdbc.Samples.note;
import static io.omsbatch.core.journal.jdbc.Samples.opened;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.AuditCheck.Verdict;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.audit.HashChain;
import io.omsbatch.core.internal.sql.plan.ChainedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the hash chain of a run finds, on every database (SEC-4). */
@Timeout(120)
abstract class AuditBehaviour {

    private static final AuditKey KEY = AuditKey.of("a secret of the host, 32 bytes or more".getBytes(UTF_8));

    private static final long FACTS = JournalRecord.Kind.values().length + 1L;

    private final JdbcJournalSettings settings = TestDatabase.settings();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private FaultySource source;
    private JdbcJournalStore store;
    private Tampering tampering;

    abstract TestDatabase database();

    @BeforeEach
    final void openStore() {
        source = new FaultySource(database().source());
        store = JdbcJournalStore.open(source, settings);
        tampering = new Tampering(database(), settings);
    }

    @AfterEach
    final void stopThreads() {
        threads.shutdownNow();
    }

    private JdbcJournalStore another(JdbcJournalSettings how) {
        return JdbcJournalStore.open(database().source(), how.withCreateTables(false));
    }

    /** A run with a fact of each kind and each column filled and empty; returns its head. */
    private String written() {
        FencingToken token = opened(store, "run");
        List<JournalRecord> facts = new ArrayList<>();
        for (JournalRecord.Kind kind : JournalRecord.Kind.values()) {
            facts.add(Samples.fact(kind, ORDERS, "CODE"));
        }
        facts.add(note("no subject"));
        Appended unused = store.append("run", token, facts.subList(0, 5));
        return store.append("run", token, facts.subList(5, facts.size())).hash();
    }

    private void assertIntact(String head) {
        assertThat(store.audit("run")).isEqualTo(new AuditCheck(Verdict.INTACT, FACTS, head, ""));
    }

    private void assertBroken(String text) {
        AuditCheck check = store.audit("run");
        assertThat(check.verdict()).as(text).isEqualTo(Verdict.BROKEN);
        assertThat(check.text()).isEqualTo(text);
    }

    /** A row of another form or another run is found, too: as a failure. */
    private void assertFound(String column) {
        Verdict verdict;
        try {
            verdict = store.audit("run").verdict();
        } catch (JournalException refused) {
            assertThat(refused.kind())
                    .as(column)
                    .isIn(JournalException.Kind.UNREADABLE, JournalException.Kind.NO_SUCH_RUN);
            return;
        }
        assertThat(verdict).as(column).isEqualTo(Verdict.BROKEN);
    }

    @Test
    @DisplayName("SEC-4: finds every change of any one column of any fact")
    void everyColumnOfEveryFact() {
        String head = written();
        for (long fact = 1; fact <= FACTS; fact++) {
            tampering.eachColumn(ChainedTable.ENTRY, "seq = ?", fact, this::assertFound);
            assertIntact(head);
        }
    }

    @Test
    @DisplayName("SEC-4: finds every change of any one column of what was confirmed, its plan and its reason included")
    void everyColumnOfWhatWasConfirmed() {
        String head = written();
        tampering.eachColumn(ChainedTable.RUN, "1 = ?", 1, this::assertFound);
        tampering.eachColumn(ChainedTable.PLAN, "1 = ?", 1, this::assertFound);
        tampering.eachColumn(ChainedTable.ACKNOWLEDGED, "1 = ?", 1, this::assertFound);
        tampering.eachColumn(ChainedTable.PLAN_TASK, "seq = ?", 2, this::assertFound);
        assertIntact(head);
        assertThat(tampering.update("UPDATE {run} SET reason = 'another'")).isEqualTo(1);
        assertBroken(
                "what was confirmed is not as it was when the run was opened: request, plan, confirmation, reason or approval");
        assertThat(tampering.update("UPDATE {run} SET reason = 'window 17'")).isEqualTo(1);
        assertIntact(head);
        assertThat(tampering.update("INSERT INTO {acknowledged} (run_id, platform, task) VALUES ('run', 'a', 'b')"))
                .isEqualTo(1);
        assertFound("one more acknowledged");
        assertThat(tampering.update("DELETE FROM {acknowledged}")).isEqualTo(2);
        assertFound("none acknowledged");
        assertThat(tampering.update("INSERT INTO {approved} (run_id, approved_by, reason, approved_at)"
                        + " SELECT run_id, 'eve', 'mine', started_at FROM {run}"))
                .isEqualTo(1);
        assertFound("one approval that nobody gave");
    }

    @Test
    @DisplayName("SEC-4: says which fact was changed, is missing, was moved or was added, and where the end is cut off")
    void saysWhat() {
        String head = written();
        moveTo(3, 1_000);
        assertBroken("fact 3 is missing");
        moveTo(4, 1_001);
        assertBroken("facts 3 to 4 are missing");
        moveTo(1_000, 4);
        moveTo(1_001, 3);
        assertBroken("fact 3 was moved: it was written as fact 4");
        moveTo(3, 1_001);
        moveTo(4, 3);
        moveTo(1_001, 4);
        assertIntact(head);
        moveTo(3, 1_000);
        moveTo(7, 3);
        moveTo(1_000, 7);
        assertBroken("fact 3 was moved: it was written as fact 7");
        moveTo(3, 1_000);
        moveTo(7, 3);
        moveTo(1_000, 7);
        assertIntact(head);
        tampering.update("UPDATE {entry} SET code = 'OTHER' WHERE seq = 2");
        assertBroken("fact 2 is not as it was written: it was changed, or put there");
        tampering.update("UPDATE {entry} SET code = 'CODE' WHERE seq = 2");
        moveTo(1, 1_000);
        assertBroken("fact 1 is missing");
        moveTo(1_000, 1);
        tampering.update("UPDATE {lease} SET hash = ?", head.replace('0', '1').replace('2', '3'));
        assertBroken("the end is not as it was written: the head is not the hash of the last fact");
        tampering.update("UPDATE {lease} SET hash = ?", head);
        copy(5, FACTS + 1);
        assertBroken("fact " + (FACTS + 1) + " was added after the end");
        tampering.update("UPDATE {lease} SET last_seq = ?", FACTS + 1);
        assertBroken("fact " + (FACTS + 1) + " was moved: it was written as fact 5");
        tampering.update("UPDATE {lease} SET last_seq = ?", FACTS);
        tampering.update("DELETE FROM {entry} WHERE seq > ?", FACTS);
        assertIntact(head);
        tampering.update("DELETE FROM {entry} WHERE seq > ?", FACTS - 2);
        assertBroken("the end is cut off: facts " + (FACTS - 1) + " to " + FACTS + " are missing");
        tampering.update("DELETE FROM {entry}");
        assertBroken("the end is cut off: facts 1 to " + FACTS + " are missing");
    }

    private void moveTo(long from, long to) {
        assertThat(tampering.update("UPDATE {entry} SET seq = ? WHERE seq = ?", to, from))
                .isEqualTo(1);
    }

    private void copy(long from, long to) {
        List<Object> row = new ArrayList<>(tampering
                .with(sql -> sql.query(ChainedTable.ENTRY.select() + "seq = ?", ChainedTable.ENTRY::values, from))
                .get(0));
        row.set(1, to);
        row.add(hash("run", from));
        assertThat(tampering.update(ChainedTable.ENTRY.insert("hash"), row.toArray()))
                .isEqualTo(1);
    }

    private String hash(String run, long sequence) {
        return tampering
                .with(sql -> sql.query(
                        "SELECT hash FROM {entry} WHERE run_id = ? AND seq = ?",
                        row -> row.text("hash"),
                        run,
                        sequence))
                .get(0);
    }

    @Test
    @DisplayName("SEC-4: a fact that was put in between is found, though the others were renumbered for it")
    void inserted() {
        String unused = written();
        tampering.update("UPDATE {entry} SET seq = seq + 1000 WHERE seq > 3");
        tampering.update("UPDATE {entry} SET seq = seq - 999 WHERE seq > 1000");
        tampering.update("UPDATE {lease} SET last_seq = last_seq + 1");
        copy(2, 4);
        assertBroken("fact 4 was moved: it was written as fact 2");
        tampering.update("UPDATE {entry} SET hash = ?, code = 'X' WHERE seq = 4", hash("run", 3));
        assertBroken("fact 4 is not as it was written: it was changed, or put there");
    }

    @Test
    @DisplayName("SEC-4: without a key, who computes the chain anew is found by a head that was kept elsewhere, only")
    void forgedWithoutKey() {
        String kept = written();
        forge(new HashChain(null));
        AuditCheck check = store.audit("run");
        assertThat(check.verdict()).isEqualTo(Verdict.INTACT);
        assertThat(check.head()).isNotEqualTo(kept);
    }

    @Test
    @DisplayName(
            "SEC-4: an end that is cut off together with the head is found by a head that was kept elsewhere, only")
    void cutWithHead() {
        String kept = written();
        tampering.update("UPDATE {lease} SET last_seq = 4, hash = ?", hash("run", 4));
        tampering.update("DELETE FROM {entry} WHERE seq > 4");
        AuditCheck check = store.audit("run");
        assertThat(check.verdict()).isEqualTo(Verdict.INTACT);
        assertThat(check.head()).isNotEqualTo(kept);
    }

    @Test
    @DisplayName("SEC-4: with a key, who changes a fact and computes the chain anew without it is found")
    void forgedWithKey() {
        store = another(settings.withAuditKey(KEY));
        String head = written();
        assertIntact(head);
        forge(new HashChain(null));
        assertBroken("fact 2 was written by a journal without the key");
        forge(new HashChain(new byte[32]));
        assertBroken("fact 2 is not as it was written: it was changed, or put there");
        forge(new HashChain(KEY.secret()));
        assertThat(store.audit("run").verdict()).as("by who has the key").isEqualTo(Verdict.INTACT);
        store = another(settings);
        assertBroken(
                "what was confirmed is not as it was when the run was opened: request, plan, confirmation, reason or approval");
    }

    /** Changes a fact and makes all hashes after it fit. */
    private void forge(HashChain chain) {
        tampering.update("UPDATE {entry} SET code = 'FORGED' WHERE seq = 2");
        String head = hash("run", 1);
        for (long sequence = 2; sequence <= FACTS; sequence++) {
            long next = sequence;
            List<Object> row = tampering
                    .with(sql -> sql.query(ChainedTable.ENTRY.select() + "seq = ?", ChainedTable.ENTRY::values, next))
                    .get(0);
            head = chain.link(head, ChainedTable.ENTRY.canonical(row));
            tampering.update("UPDATE {entry} SET hash = ? WHERE seq = ?", head, sequence);
        }
        tampering.update("UPDATE {lease} SET hash = ?", head);
    }

    @Test
    @DisplayName("SEC-4: a run that a journal without the key opened is told from one that was changed")
    void keyedLater() {
        String unused = written();
        store = another(settings.withAuditKey(KEY));
        assertBroken("the run was opened by a journal without the key");
    }

    @Test
    @DisplayName("SEC-4: appends that share commits, of several replicas and owners, make one chain")
    void oneChain() throws Exception {
        JdbcJournalStore other = another(settings);
        FencingToken token = opened(store, "run");
        List<Future<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            JdbcJournalStore replica = i % 3 == 0 ? other : store;
            Callable<Appended> append = () -> replica.append("run", token, List.of(note("a"), note("b"), note("c")));
            appends.add(threads.submit(append));
        }
        for (Future<Appended> append : appends) {
            Appended where = append.get(60, TimeUnit.SECONDS);
            assertThat(where.hash()).isEqualTo(hash("run", where.last()));
        }
        store.release("run", token);
        FencingToken newer = other.takeOver("run", new Lease("engine-2", Duration.ofMinutes(10)))
                .orElseThrow()
                .token();
        Appended last = other.append("run", newer, List.of(note("taken over")));
        assertThat(store.audit("run")).isEqualTo(new AuditCheck(Verdict.INTACT, 181, last.hash(), ""));
    }

    @Test
    @DisplayName("SEC-4: an append whose commit's answer was lost says where it stands, and with which hash")
    void inDoubt() {
        FencingToken token = opened(store, "run");
        source.nextCommit(real -> {
            real.commit();
            throw FaultySource.connectionLost();
        });
        Appended committed = store.append("run", token, List.of(note("a"), note("b")));
        assertThat(committed).isEqualTo(new Appended(2, hash("run", 2)));
        source.nextCommit(real -> {
            real.rollback();
            throw FaultySource.connectionLost();
        });
        Appended again = store.append("run", token, List.of(note("c")));
        assertThat(again).isEqualTo(new Appended(3, hash("run", 3)));
        assertThat(store.audit("run")).isEqualTo(new AuditCheck(Verdict.INTACT, 3, again.hash(), ""));
    }

    @Test
    @DisplayName("SEC-4: the same facts in another run have other hashes")
    void bindsRun() {
        FencingToken token = opened(store, "run");
        FencingToken other = opened(store, "other");
        assertThat(store.append("run", token, List.of(note("a"))).hash())
                .isNotEqualTo(store.append("other", other, List.of(note("a"))).hash());
    }

    @Test
    @DisplayName("SEC-4: a run that is written meanwhile is intact, and long runs are checked page by page")
    void pages() throws Exception {
        List<TaskRef> tasks = IntStream.range(0, 2_300)
                .mapToObj(i -> new TaskRef("oms", "task-" + i))
                .toList();
        RunOpening opening = store.open(
                Samples.run(
                        "run",
                        Samples.plan(
                                "plan",
                                "request",
                                tasks.stream().map(Samples::eligible).toArray(PlanEntry[]::new))),
                LEASE);
        assertThat(opening).isInstanceOf(RunOpening.Opened.class);
        FencingToken token = new FencingToken(1);
        Appended unused = store.append("run", token, Collections.nCopies(2_500, note("n")));
        AtomicBoolean enough = new AtomicBoolean();
        Future<Appended> writer = threads.submit(() -> {
            Appended last = store.append("run", token, List.of(note("meanwhile")));
            while (!enough.get()) {
                last = store.append("run", token, List.of(note("meanwhile")));
            }
            return last;
        });
        for (int i = 0; i < 10; i++) {
            assertThat(store.audit("run").verdict()).isEqualTo(Verdict.INTACT);
        }
        enough.set(true);
        Appended last = writer.get(60, TimeUnit.SECONDS);
        assertThat(store.audit("run")).isEqualTo(new AuditCheck(Verdict.INTACT, last.last(), last.hash(), ""));
        moveTo(1_500, 1_000_000);
        moveTo(2_400, 1_500);
        moveTo(1_000_000, 2_400);
        assertBroken("fact 1500 was moved: it was written as fact 2400");
        tampering.update("UPDATE {plan_task} SET task = 'another' WHERE seq = 2200");
        assertBroken(
                "what was confirmed is not as it was when the run was opened: request, plan, confirmation, reason or approval");
    }

    @Test
    @DisplayName("SEC-4: of a purged run the stub keeps how far it was written, and the head")
    void purged() {
        FencingToken token = opened(store, "run");
        Appended last =
                store.append("run", token, List.of(note("a"), Samples.ended(Instant.parse("2020-01-01T00:00:00Z"))));
        assertThat(store.purge(Duration.ofDays(1), 1)).isEqualTo(1);
        AuditCheck check = store.audit("run");
        assertThat(check.verdict()).isEqualTo(Verdict.PURGED);
        assertThat(check.head()).isEqualTo(last.hash());
        assertThat(check.text()).matches("the run was purged at .*Z; it had 2 facts");
    }

    @Test
    @DisplayName("SEC-2: the key is in no text that settings or a store make")
    void masksKey() {
        assertThat(settings.withAuditKey(KEY).toString())
                .contains("auditKey=AuditKey(masked)")
                .doesNotContain("secret of the host");
    }
}
