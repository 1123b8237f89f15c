package io.omsbatch.core.journal.jdbc;

import static io.omsbatch.core.journal.jdbc.Samples.LEASE;
import static io.omsbatch.core.journal.jdbc.Samples.NOW;
import static io.omsbatch.core.journal.jdbc.Samples.ORDERS;
import static io.omsbatch.core.journal.jdbc.Samples.STOCK;
import static io.omsbatch.core.journal.jdbc.Samples.note;
import static io.omsbatch.core.journal.jdbc.Samples.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.TakenRun;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the journal does on every database, beyond the contract of stores. */
@Timeout(120)
abstract class StoreBehaviour {

    private static final Lease OTHER = new Lease("engine-2", Duration.ofMinutes(10));

    private final JdbcJournalSettings settings = TestDatabase.settings().withStatementTimeout(Duration.ofSeconds(2));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private FaultySource source;
    private JdbcJournalStore store;

    abstract TestDatabase database();

    @BeforeEach
    final void openStore() {
        source = new FaultySource(database().source());
        store = JdbcJournalStore.open(source, settings);
    }

    @AfterEach
    final void nothingIsHeld() {
        threads.shutdownNow();
        if (source == null) {
            return; // there is no such server here, and the test was skipped
        }
        assertThat(source.open()).as("connections that are still held").isZero();
    }

    private JdbcJournalStore another() {
        return JdbcJournalStore.open(database().source(), settings.withCreateTables(false));
    }

    private String table(String name) {
        return settings.tablePrefix() + name;
    }

    private List<String> codes(String runId) {
        return store.read(runId, 0, 10_000).stream()
                .map(entry -> entry.record().code())
                .toList();
    }

    private <T> List<T> together(List<Callable<T>> work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<T>> futures = new ArrayList<>();
        for (Callable<T> one : work) {
            futures.add(threads.submit(() -> {
                start.await();
                return one.call();
            }));
        }
        start.countDown();
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get(90, TimeUnit.SECONDS));
        }
        return results;
    }

    @Test
    @DisplayName("RUN-5: of many runs on several replicas that claim the same tasks at once, exactly one gets each")
    void replicasClaim() throws Exception {
        List<JdbcJournalStore> replicas = List.of(store, another(), another(), another());
        List<FencingToken> tokens = IntStream.range(0, 8)
                .mapToObj(run -> opened(store, "run-" + run))
                .toList();
        for (int round = 0; round < 25; round++) {
            Set<TaskRef> tasks = new HashSet<>();
            for (int task = 0; task < 12; task++) {
                tasks.add(new TaskRef("oms", "task-" + round + "-" + task));
            }
            List<Callable<Set<TaskRef>>> claims = new ArrayList<>();
            for (int run = 0; run < 8; run++) {
                int number = run;
                claims.add(() -> replicas.get(number % 4)
                        .claim("run-" + number, tokens.get(number), tasks, false, NOW)
                        .keySet());
            }
            List<Set<TaskRef>> refused = together(claims);
            for (TaskRef task : tasks) {
                assertThat(refused.stream().filter(set -> !set.contains(task)).count())
                        .as("runs that got %s", task)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    @DisplayName(
            "RUN-11: of many replicas that open one request at once, exactly one opens, and the others get that run")
    void replicasOpen() throws Exception {
        List<JdbcJournalStore> replicas = List.of(store, another(), another(), another());
        for (int round = 0; round < 15; round++) {
            BatchPlan plan = Samples.plan("plan-" + round, "request-" + round, Samples.eligible(ORDERS));
            List<Callable<RunOpening>> openings = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                RunRecord run = Samples.run("run-" + round + "-" + i, plan);
                JdbcJournalStore replica = replicas.get(i % 4);
                openings.add(() -> {
                    replica.savePlan(plan, NOW);
                    return replica.open(run, LEASE);
                });
            }
            List<RunOpening> results = together(openings);
            assertThat(results.stream()
                            .filter(RunOpening.Opened.class::isInstance)
                            .count())
                    .isEqualTo(1);
            assertThat(new HashSet<>(results)).hasSize(2);
        }
    }

    @Test
    @DisplayName("RUN-2: appends of several replicas to one run stand whole, in order and without gaps")
    void replicasAppend() throws Exception {
        List<JdbcJournalStore> replicas = List.of(store, another(), another());
        FencingToken token = opened(store, "run");
        List<Callable<Boolean>> appends = new ArrayList<>();
        for (int thread = 0; thread < 9; thread++) {
            int number = thread;
            appends.add(() -> {
                for (int i = 0; i < 20; i++) {
                    String code = "t" + number + "-" + i;
                    replicas.get(number % 3).append("run", token, List.of(note(code + "a"), note(code + "b")));
                }
                return true;
            });
        }
        List<Boolean> unused = together(appends);
        List<JournalEntry> entries = store.read("run", 0, 1_000);
        assertThat(entries).hasSize(360);
        Map<String, Integer> next = new HashMap<>();
        for (int i = 0; i < 360; i += 2) {
            String first = entries.get(i).record().code();
            assertThat(entries.get(i).sequence()).isEqualTo(i + 1L);
            assertThat(entries.get(i + 1).record().code()).isEqualTo(first.substring(0, first.length() - 1) + "b");
            String thread = first.substring(0, first.indexOf('-'));
            assertThat(first).isEqualTo(thread + "-" + (next.merge(thread, 1, Integer::sum) - 1) + "a");
        }
    }

    @Test
    @DisplayName("DUR-2: after a run was taken over, nothing is written with the old token, however many are writing")
    void takenOverWhileWriting() throws Exception {
        for (int round = 0; round < 5; round++) {
            String run = "run-" + round;
            FencingToken token = opened(store, run);
            JdbcJournalStore zombie = another();
            AtomicBoolean fenced = new AtomicBoolean();
            List<Future<JournalException.Kind>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                JdbcJournalStore writer = i % 2 == 0 ? store : zombie;
                writers.add(threads.submit(() -> {
                    while (true) {
                        try {
                            boolean tooLate = fenced.get();
                            writer.append(run, token, List.of(note("old")));
                            if (tooLate) {
                                return null;
                            }
                        } catch (JournalException refused) {
                            return refused.kind();
                        }
                    }
                }));
            }
            TimeUnit.MILLISECONDS.sleep(30);
            store.release(run, token);
            FencingToken next = another().takeOver(run, OTHER).orElseThrow().token();
            fenced.set(true);
            int written = codes(run).size();
            for (Future<JournalException.Kind> writer : writers) {
                assertThat(writer.get(30, TimeUnit.SECONDS)).isEqualTo(JournalException.Kind.FENCED);
            }
            assertThat(codes(run)).hasSize(written);
            store.append(run, next, List.of(note("new")));
            assertThat(codes(run)).hasSize(written + 1).endsWith("new");
        }
    }

    @Test
    @DisplayName("DUR-2: of many replicas that take over a run at once, exactly one gets it")
    void replicasTakeOver() throws Exception {
        List<JdbcJournalStore> replicas = List.of(store, another(), another(), another());
        for (int round = 0; round < 10; round++) {
            String run = "run-" + round;
            store.release(run, opened(store, run));
            List<Callable<Optional<TakenRun>>> attempts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Lease lease = new Lease("engine-" + i, Duration.ofMinutes(10));
                JdbcJournalStore replica = replicas.get(i % 4);
                attempts.add(() -> replica.takeOver(run, lease));
            }
            assertThat(together(attempts).stream().flatMap(Optional::stream))
                    .containsExactly(new TakenRun(Samples.run(run), new FencingToken(2)));
        }
    }

    @Test
    @DisplayName(
            "DUR-2: a takeover whose commit's answer is lost gets the run, unless another was faster or it is owned")
    void takeOverInDoubt() {
        store.release("run", opened(store, "run"));
        source.nextCommit(real -> {
            real.commit();
            throw FaultySource.connectionLost();
        });
        FencingToken token = store.takeOver("run", OTHER).orElseThrow().token();
        store.append("run", token, List.of(note("taken")));
        source.nextCommit(real -> {
            real.commit();
            throw FaultySource.connectionLost();
        });
        assertThat(store.takeOver("run", OTHER)).as("its own live run").isEmpty();
        store.append("run", token, List.of(note("still")));
        store.release("run", token);
        JdbcJournalStore faster = another();
        source.nextCommit(real -> {
            real.rollback();
            assertThat(faster.takeOver("run", LEASE)).isPresent();
            throw FaultySource.connectionLost();
        });
        assertThat(store.takeOver("run", OTHER)).isEmpty();
        JournalException fenced =
                catchThrowableOfType(JournalException.class, () -> store.append("run", token, List.of(note("old"))));
        assertThat(fenced.kind()).isEqualTo(JournalException.Kind.FENCED);
        assertThat(codes("run")).containsExactly("taken", "still");
    }

    @Test
    @DisplayName(
            "RUN-5, DUR-2: while a claim is being written its run cannot be taken over, and goes on where rows are locked in part")
    void claimUnderWay() throws Exception {
        FencingToken token = opened(store, "run");
        JdbcJournalStore replica = another();
        CountDownLatch claiming = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        source.nextCommit(real -> {
            claiming.countDown();
            await(goOn);
            real.commit();
        });
        Future<?> claim = threads.submit(() -> store.claim("run", token, Set.of(ORDERS), false, NOW));
        await(claiming);
        if (database().kind() == JournalDatabase.POSTGRESQL) {
            threads.submit(() -> replica.append("run", token, List.of(note("meanwhile"))))
                    .get(30, TimeUnit.SECONDS);
        }
        Future<?> takeover = threads.submit(() -> replica.takeOver("run", OTHER));
        assertThatThrownBy(() -> takeover.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        goOn.countDown();
        claim.get(30, TimeUnit.SECONDS);
        takeover.get(30, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("DUR-3: many leases are renewed in few transactions, also while others renew and append")
    void renewsMany() throws Exception {
        Map<String, FencingToken> runs = new HashMap<>();
        for (int i = 0; i < 250; i++) {
            runs.put("run-" + i, opened(store, "run-" + i));
        }
        runs.put("nobody", new FencingToken(1));
        int before = source.commits();
        assertThat(store.renew(LEASE, runs)).containsExactly("nobody");
        assertThat(source.commits() - before).isEqualTo(2);
        assertThat(store.renew(LEASE, Map.of())).isEmpty();
        JdbcJournalStore other = another();
        List<Callable<Set<String>>> work = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            JdbcJournalStore replica = i % 2 == 0 ? store : other;
            String run = "run-" + i;
            work.add(() -> replica.renew(LEASE, runs));
            work.add(() -> {
                replica.append(run, new FencingToken(1), List.of(note("meanwhile")));
                return Set.of("nobody");
            });
        }
        assertThat(together(work)).containsOnly(Set.of("nobody"));
    }

    @Test
    @DisplayName("DUR-4: a run that is not understood cannot be taken over, and stays as it is")
    void takesOverNothingStrange() {
        FencingToken token = opened(store, "run");
        store.release("run", token);
        database().execute("UPDATE " + table("run") + " SET format = 7");
        assertUnreadable(() -> store.takeOver("run", OTHER), "format is 7");
        store.append("run", token, List.of(note("mine")));
        assertThat(store.abandoned(Set.of(), 10)).containsExactly("run");
    }

    @Test
    @DisplayName("appends that come while one is written share the next commit, and an idle one waits for nobody")
    void groupCommit() throws Exception {
        FencingToken token = opened(store, "run");
        int before = source.commits();
        store.append("run", token, List.of(note("alone")));
        assertThat(source.commits() - before).isEqualTo(1);
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        source.nextCommit(real -> {
            writing.countDown();
            await(goOn);
            real.commit();
        });
        List<Future<?>> appends = new ArrayList<>();
        appends.add(threads.submit(() -> store.append("run", token, List.of(note("first")))));
        await(writing);
        for (int i = 0; i < 40; i++) {
            String code = "c" + i;
            appends.add(threads.submit(() -> store.append("run", token, List.of(note(code), note(code)))));
        }
        TimeUnit.MILLISECONDS.sleep(300);
        goOn.countDown();
        for (Future<?> append : appends) {
            append.get(30, TimeUnit.SECONDS);
        }
        assertThat(source.commits() - before).as("commits of 42 appends").isEqualTo(3);
        assertThat(codes("run")).hasSize(82);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    @DisplayName("a fenced append, and one to an unknown run, fail alone; what shared their commit is written")
    void refusedAlone() throws Exception {
        FencingToken token = opened(store, "run");
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        source.nextCommit(real -> {
            writing.countDown();
            await(goOn);
            real.commit();
        });
        Future<?> first = threads.submit(() -> store.append("run", token, List.of(note("first"))));
        await(writing);
        Future<?> good = threads.submit(() -> store.append("run", token, List.of(note("good"))));
        Future<?> fenced = threads.submit(() -> store.append("run", new FencingToken(9), List.of(note("fenced"))));
        Future<?> unknown = threads.submit(() -> store.append("nobody", token, List.of(note("unknown"))));
        TimeUnit.MILLISECONDS.sleep(200);
        goOn.countDown();
        first.get(30, TimeUnit.SECONDS);
        good.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> fenced.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        JournalException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(JournalException.Kind.FENCED));
        assertThatThrownBy(() -> unknown.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        JournalException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(JournalException.Kind.NO_SUCH_RUN));
        assertThat(codes("run")).containsExactly("first", "good");
    }

    @Test
    @DisplayName(
            "RUN-8: a run whose rows are locked fails after the statement timeout; what shared its commit is written")
    void stuckRun() throws Exception {
        FencingToken stuckToken = opened(store, "stuck");
        FencingToken token = opened(store, "run");
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Connection blocker = database().source().getConnection();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            boolean unused =
                    statement.execute("SELECT token FROM " + table("lease") + " WHERE run_id = 'stuck' FOR UPDATE");
            source.nextCommit(real -> {
                writing.countDown();
                await(goOn);
                real.commit();
            });
            Future<?> first = threads.submit(() -> store.append("run", token, List.of(note("first"))));
            await(writing);
            Future<?> behind = threads.submit(() -> store.append("stuck", stuckToken, List.of(note("stuck"))));
            Future<?> good = threads.submit(() -> store.append("run", token, List.of(note("good"))));
            TimeUnit.MILLISECONDS.sleep(200);
            goOn.countDown();
            first.get(30, TimeUnit.SECONDS);
            good.get(30, TimeUnit.SECONDS);
            assertThatThrownBy(() -> behind.get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            JournalException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(JournalException.Kind.UNAVAILABLE));
            blocker.rollback();
        }
        store.append("stuck", stuckToken, List.of(note("again")));
        assertThat(codes("stuck")).containsExactly("again");
    }

    @Test
    @DisplayName("a commit whose answer is lost is settled by reading: written once, whether it was committed or not")
    void commitInDoubt() {
        FencingToken token = opened(store, "run");
        source.nextCommit(real -> {
            real.commit();
            throw FaultySource.connectionLost();
        });
        store.append("run", token, List.of(note("committed"), note("too")));
        assertThat(codes("run")).containsExactly("committed", "too");
        source.nextCommit(real -> {
            real.rollback();
            throw FaultySource.connectionLost();
        });
        store.append("run", token, List.of(note("lost")));
        assertThat(codes("run")).containsExactly("committed", "too", "lost");
    }

    @Test
    @DisplayName("an opening, a claim and a plan whose commit's answer is lost are as if it had come")
    void othersInDoubt() {
        FencingToken other = opened(store, "other");
        Runnable lost = () -> source.nextCommit(real -> {
            real.commit();
            throw FaultySource.connectionLost();
        });
        BatchPlan plan = Samples.plan("plan", "request", Samples.eligible(ORDERS));
        lost.run();
        store.savePlan(plan, NOW);
        assertThat(store.plan("plan")).contains(plan);
        lost.run();
        FencingToken token = opened(store, "run");
        lost.run();
        assertThat(store.claim("run", token, Set.of(ORDERS), false, NOW)).isEmpty();
        assertThat(store.claim("other", other, Set.of(ORDERS), false, NOW)).containsOnlyKeys(ORDERS);
    }

    @Test
    @DisplayName("a lost answer is not taken for success by an owner that was fenced meanwhile, unless it had written")
    void fencedInDoubt() {
        FencingToken token = opened(store, "run");
        String fence = "UPDATE " + table("lease") + " SET token = token + 1 WHERE run_id = 'run'";
        source.nextCommit(real -> {
            real.rollback();
            database().execute(fence);
            throw FaultySource.connectionLost();
        });
        JournalException fenced =
                catchThrowableOfType(JournalException.class, () -> store.append("run", token, List.of(note("lost"))));
        assertThat(fenced.kind()).isEqualTo(JournalException.Kind.FENCED);
        source.nextCommit(real -> {
            real.commit();
            database().execute(fence);
            throw FaultySource.connectionLost();
        });
        store.append("run", new FencingToken(2), List.of(note("committed")));
        assertThat(codes("run")).containsExactly("committed");
    }

    @Test
    @DisplayName(
            "DUR-5: a journal that is gone says UNAVAILABLE, has written nothing, and is used again when it is back")
    void gone() {
        FencingToken token = opened(store, "run");
        source.down(true);
        JournalException unavailable =
                catchThrowableOfType(JournalException.class, () -> store.append("run", token, List.of(note("a"))));
        assertThat(unavailable.kind()).isEqualTo(JournalException.Kind.UNAVAILABLE);
        source.down(false);
        store.append("run", token, List.of(note("b")));
        assertThat(codes("run")).containsExactly("b");
    }

    /** Takes 10 s, and asks nothing of the database: one will do. */
    final void goneWithinCommit() {
        FencingToken token = opened(store, "run");
        source.nextCommit(real -> {
            real.rollback();
            source.down(true);
            throw FaultySource.connectionLost();
        });
        JournalException inDoubt =
                catchThrowableOfType(JournalException.class, () -> store.append("run", token, List.of(note("a"))));
        assertThat(inDoubt.kind()).isEqualTo(JournalException.Kind.IN_DOUBT);
        source.down(false);
        store.append("run", token, List.of(note("b")));
        assertThat(codes("run")).containsExactly("b");
    }

    @Test
    @DisplayName(
            "DUR-5: a pool that is exhausted fails all that wait, once its own time is over, and not one after the other")
    void poolExhausted() throws Exception {
        FencingToken token = opened(store, "run");
        TestDatabase database = database();
        try (HikariDataSource small =
                TestDatabase.pool(database.url(), database.user(), database.password(), 1, 1_000)) {
            JdbcJournalStore poor = JdbcJournalStore.open(small, settings.withCreateTables(false));
            try (Connection held = small.getConnection()) {
                assertThat(held.isValid(1)).isTrue();
                List<Callable<JournalException.Kind>> appends = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    appends.add(() -> {
                        try {
                            poor.append("run", token, List.of(note("poor")));
                            return null;
                        } catch (JournalException failure) {
                            return failure.kind();
                        }
                    });
                }
                long before = System.nanoTime();
                assertThat(together(appends)).containsOnly(JournalException.Kind.UNAVAILABLE);
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
            }
            poor.append("run", token, List.of(note("rich")));
        }
        assertThat(codes("run")).containsExactly("rich");
    }

    @Test
    @DisplayName("an append behind a commit that does not end gives up after its own time, and says what is known")
    void impatient() throws Exception {
        JdbcJournalStore impatient = JdbcJournalStore.open(
                source, settings.withCreateTables(false).withAppendTimeout(Duration.ofSeconds(1)));
        FencingToken token = opened(store, "run");
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        source.nextCommit(real -> {
            writing.countDown();
            await(goOn);
            real.commit();
        });
        Future<?> slow = threads.submit(() -> impatient.append("run", token, List.of(note("slow"))));
        await(writing);
        JournalException waited = catchThrowableOfType(
                JournalException.class, () -> impatient.append("run", token, List.of(note("behind"))));
        assertThat(waited.kind()).isEqualTo(JournalException.Kind.UNAVAILABLE);
        goOn.countDown();
        slow.get(30, TimeUnit.SECONDS);
        assertThat(codes("run")).containsExactly("slow");
    }

    @Test
    @DisplayName(
            "DUR-5: what a reader finds after a renewal of an append that was given up in doubt stays so: it is not written later")
    void givenUpInDoubt() throws Exception {
        JdbcJournalStore impatient = JdbcJournalStore.open(
                source, settings.withCreateTables(false).withAppendTimeout(Duration.ofSeconds(1)));
        FencingToken token = opened(store, "run");
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        CountDownLatch givenUp = new CountDownLatch(1);
        source.nextCommit(real -> {
            source.nextCommit(together -> {
                await(givenUp);
                together.rollback();
                throw FaultySource.connectionLost();
            });
            first.countDown();
            await(queued);
            real.commit();
        });
        Future<?> before = threads.submit(() -> impatient.append("run", token, List.of(note("before"))));
        await(first);
        Future<?> writer = threads.submit(() -> impatient.append("run", token, List.of(note("writer"))));
        TimeUnit.MILLISECONDS.sleep(200); // it is the first in the queue, and writes for both
        Future<JournalException> waiter = threads.submit(() -> catchThrowableOfType(
                JournalException.class, () -> impatient.append("run", token, List.of(note("given up")))));
        TimeUnit.MILLISECONDS.sleep(200);
        queued.countDown();
        assertThat(waiter.get(30, TimeUnit.SECONDS).kind()).isEqualTo(JournalException.Kind.IN_DOUBT);
        givenUp.countDown();
        assertThat(store.renew(LEASE, Map.of("run", token))).isEmpty();
        assertThat(codes("run")).doesNotContain("given up");
        before.get(30, TimeUnit.SECONDS);
        writer.get(30, TimeUnit.SECONDS);
        assertThat(codes("run")).containsExactly("before", "writer");
    }

    @Test
    @DisplayName("an interrupt neither breaks a write nor is lost")
    void interrupted() throws Exception {
        FencingToken token = opened(store, "run");
        Future<Boolean> set = threads.submit(() -> {
            Thread.currentThread().interrupt();
            store.append("run", token, List.of(note("interrupted")));
            return Thread.interrupted();
        });
        assertThat(set.get(30, TimeUnit.SECONDS)).isTrue();
        for (int round = 0; round < 200; round++) {
            String code = "r" + round;
            Thread writer = new Thread(() -> store.append("run", token, List.of(note(code))));
            writer.start();
            TimeUnit.NANOSECONDS.sleep(round * 10_000L);
            writer.interrupt();
            writer.join(30_000);
            assertThat(writer.isAlive()).isFalse();
        }
        store.append("run", token, List.of(note("last")));
        assertThat(codes("run")).startsWith("interrupted").endsWith("last").hasSize(202);
    }

    @Test
    @DisplayName("identifiers that some databases take for one are different: case, accents, spaces and backslashes")
    void identifiers() {
        List<String> ids = List.of("a", "A", "á", "a ", "a  ", "a\\", "a \\", " a", "a%", "a_", "ａ", "aß", "ass");
        for (String id : ids) {
            FencingToken token = opened(store, id);
            store.append(id, token, List.of(note("of-it")));
            assertThat(store.claim(id, token, Set.of(new TaskRef("oms", id)), false, NOW))
                    .as("claim of a task \"%s\"", id)
                    .isEmpty();
        }
        for (String id : ids) {
            assertThat(store.run(id).map(RunRecord::runId)).contains(id);
            assertThat(store.runOfRequest("request-of-" + id).map(RunRecord::runId))
                    .contains(id);
            assertThat(store.read(id, 0, 10)).hasSize(1);
        }
    }

    @Test
    @DisplayName(
            "SEC-2: text comes back as it was, whatever a platform sent: NUL, lone surrogates, escapes, long names")
    void strangeText() {
        String strange = "\0 \uD83D lone \uDE9A \uD83D\uDE9A \\n \\0 \n \r = \u0085 \u2028 '; --";
        TaskRef task = new TaskRef("oms", "strange");
        BatchPlan plan = Samples.plan(
                "plan",
                "request",
                new PlanEntry.Eligible(MigrationTask.builder(task)
                        .name(strange + "x".repeat(400))
                        .latestTimestamp(Instant.MAX)
                        .build()),
                Samples.ineligible(ORDERS, strange + "\0".repeat(3_000)),
                Samples.ineligible(STOCK, "y".repeat(5_000)));
        RunRecord run = Samples.run("run", plan);
        assertThat(store.open(run, LEASE)).isInstanceOf(RunOpening.Opened.class);
        assertThat(store.run("run")).contains(run);
        JournalRecord fact = new JournalRecord(
                NOW, JournalRecord.Kind.CONTROL, null, "c", Map.of(strange, strange, "", "", "=", "="));
        store.append("run", new FencingToken(1), List.of(fact));
        assertThat(store.read("run", 0, 1).get(0).record()).isEqualTo(fact);
    }

    @Test
    @DisplayName("a plan of 1 000 tasks and a claim of them all are kept")
    void large() {
        PlanEntry[] entries = IntStream.range(0, 1_000)
                .mapToObj(i -> Samples.eligible(new TaskRef("oms", "task-" + i)))
                .toArray(PlanEntry[]::new);
        RunRecord run = Samples.run("run", Samples.plan("plan", "request", entries));
        assertThat(store.open(run, LEASE)).isInstanceOf(RunOpening.Opened.class);
        assertThat(store.run("run")).contains(run);
        Set<TaskRef> tasks = new HashSet<>(run.plan().request().tasks());
        assertThat(store.claim("run", new FencingToken(1), tasks, false, NOW)).isEmpty();
        FencingToken other = opened(store, "other");
        assertThat(store.claim("other", other, tasks, true, NOW)).hasSize(1_000);
    }

    @Test
    @DisplayName(
            "SEC-3: what could not be given back as it was is refused, naming the field, before anything is written")
    void refusesInput() {
        FencingToken token = opened(store, "run");
        assertThatThrownBy(() -> store.append("run", token, List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("JournalStore.append.records");
        JournalRecord huge =
                new JournalRecord(NOW, JournalRecord.Kind.CONTROL, null, "c", Map.of("big", "z".repeat(1_000_001)));
        assertThatThrownBy(() -> store.append("run", token, List.of(note("ok"), huge)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("JournalRecord.detail");
        JournalRecord never = new JournalRecord(Instant.MAX, JournalRecord.Kind.CONTROL, null, "c", Map.of());
        assertThatThrownBy(() -> store.append("run", token, List.of(never)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("JournalRecord.at");
        BatchPlan lacking = new BatchPlan(
                "lacking",
                BatchRequest.of("q", new Actor("a"), BatchOperation.stop(), List.of(ORDERS, STOCK)),
                NOW,
                NOW,
                List.of(Samples.eligible(ORDERS)),
                List.of(),
                List.of());
        assertThatThrownBy(() -> store.savePlan(lacking, NOW))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("BatchPlan.entries");
        RunRecord taken = Samples.run("run", Samples.plan("p", "another request", Samples.eligible(ORDERS)));
        assertThatThrownBy(() -> store.open(taken, LEASE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("RunRecord.runId");
        assertThat(codes("run")).isEmpty();
    }

    @Test
    @DisplayName("DUR-4: a kind, a format or a value of a newer version is refused loudly, and stays")
    void notUnderstood() {
        FencingToken token = opened(store, "run");
        store.append("run", token, List.of(note("one"), note("two")));
        database().execute("UPDATE " + table("entry") + " SET kind = 'TELEPORTED' WHERE seq = 2");
        assertThat(store.read("run", 0, 1)).hasSize(1);
        assertUnreadable(() -> store.read("run", 0, 10), "TELEPORTED");
        database().execute("UPDATE " + table("entry") + " SET kind = 'RESULT', format = 2 WHERE seq = 2");
        assertUnreadable(() -> store.read("run", 0, 10), "format is 2");
        database().execute("UPDATE " + table("plan_task") + " SET status = 'QUANTUM'");
        assertUnreadable(() -> store.run("run"), "QUANTUM");
        database().execute("UPDATE " + table("run") + " SET format = 7");
        assertUnreadable(() -> store.runOfRequest("request-of-run"), "format is 7");
        database().execute("UPDATE " + table("entry") + " SET format = 1");
        assertThat(codes("run")).containsExactly("one", "two");
    }

    private static void assertUnreadable(ThrowableAssert.ThrowingCallable call, String said) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        JournalException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(JournalException.Kind.UNREADABLE))
                .hasMessageContaining(said);
    }

    @Test
    @DisplayName("DUR-4: the golden journal of version 1 replays, and can be gone on with")
    void replaysGoldenJournal() throws Exception {
        JdbcJournalSettings golden = TestDatabase.settings();
        JournalSchema.apply(database().source(), golden);
        GoldenFile.load(database(), golden, "golden/v1.txt");
        GoldenV1.check(JdbcJournalStore.open(database().source(), golden));
    }

    @Test
    @DisplayName("DUR-4: tables of a newer version, and missing ones, are refused with what to do")
    void schemaVersions() {
        JdbcJournalSettings without = TestDatabase.settings().withCreateTables(false);
        assertThatThrownBy(() -> JdbcJournalStore.open(database().source(), without))
                .isInstanceOf(JournalRefusedException.class)
                .hasMessageContaining("JournalSchema.script")
                .hasMessageContaining(without.tablePrefix());
        database().execute("INSERT INTO " + table("schema_version") + " (version) VALUES (2)");
        for (JdbcJournalSettings each : List.of(settings, settings.withCreateTables(false))) {
            assertThatThrownBy(() -> JdbcJournalStore.open(database().source(), each))
                    .isInstanceOfSatisfying(
                            JournalRefusedException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(JournalRefusedException.Kind.NEWER_TABLES))
                    .hasMessageContaining("version 2");
        }
    }

    @Test
    @DisplayName("a host can make the tables with the script, and many replicas can open an empty database at once")
    void makesTables() throws Exception {
        JdbcJournalSettings byHand = TestDatabase.settings().withCreateTables(false);
        for (String statement :
                JournalSchema.script(database().kind(), byHand.tablePrefix(), 0).split(";\\s*\n", 0)) {
            database().execute(statement);
        }
        assertThat(opened(JdbcJournalStore.open(database().source(), byHand), "run"))
                .isEqualTo(new FencingToken(1));
        for (int round = 0; round < 3; round++) {
            JdbcJournalSettings empty = TestDatabase.settings();
            List<Callable<JdbcJournalStore>> openings = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                openings.add(() -> JdbcJournalStore.open(database().source(), empty));
            }
            assertThat(together(openings)).hasSize(6);
        }
    }

    @Test
    @DisplayName("an older schema is led to the newest, once, and again after a crash half way")
    void migrates() {
        SchemaScripts next = new SchemaScripts(2, StoreBehaviour.class);
        opened(store, "run");
        if (database().kind() != JournalDatabase.MYSQL) {
            database()
                    .execute(next.statements(database().kind(), settings.tablePrefix(), 1)
                            .get(0)); // the crash
        }
        JournalSchema.apply(database().source(), settings, next);
        JournalSchema.apply(database().source(), settings, next);
        database().execute("UPDATE " + table("run") + " SET site = 'north'");
        database().execute("DELETE FROM " + table("schema_version") + " WHERE version = 2");
        assertThat(store.run("run")).contains(Samples.run("run"));
    }

    @Test
    @DisplayName(
            "a purge removes ended runs only, leaves a stub, keeps unsettled tasks, and can be finished by another")
    void purges() {
        FencingToken old = opened(store, "old");
        FencingToken live = opened(store, "live");
        FencingToken fresh = opened(store, "fresh");
        assertThat(store.claim("old", old, Set.of(ORDERS), false, NOW)).isEmpty();
        List<JournalRecord> many = new ArrayList<>(
                IntStream.range(0, 2_500).mapToObj(i -> note("n" + i)).toList());
        many.add(Samples.fact(JournalRecord.Kind.OUTCOME, ORDERS, TaskOutcome.Kind.UNKNOWN.name()));
        many.add(Samples.ended(Instant.parse("2020-01-01T00:00:00Z")));
        store.append("old", old, many);
        store.append("live", live, List.of(note("live")));
        store.append("fresh", fresh, List.of(Samples.ended(Instant.parse("2100-01-01T00:00:00Z"))));
        assertThat(store.purge(Duration.ofDays(30), 10)).isEqualTo(1);
        assertThat(store.purge(Duration.ofDays(30), 10)).isZero();
        assertThat(store.run("old")).isEmpty();
        assertThat(store.read("old", 0, 10)).isEmpty();
        assertThat(store.run("live")).isPresent();
        assertThat(store.run("fresh")).isPresent();
        assertThat(store.claim("live", live, Set.of(ORDERS), false, NOW)).containsOnlyKeys(ORDERS);
        assertThat(count("entry")).isEqualTo(2);
        assertThat(count("plan")).isEqualTo(2);
        assertThat(count("plan_task")).isEqualTo(4);
        assertThat(count("purged")).isEqualTo(1);
        RunRecord again = Samples.run("new-run", Samples.run("old").plan());
        assertThat(store.open(again, LEASE)).isInstanceOf(RunOpening.Opened.class);
        assertThatThrownBy(() ->
                        store.open(Samples.run("old", Samples.plan("x", "y", Samples.eligible(ORDERS))), LEASE))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("a purge that broke off after the stub is finished by the next")
    void purgeBreaksOff() {
        FencingToken old = opened(store, "old");
        store.append("old", old, List.of(note("a"), Samples.ended(Instant.parse("2020-01-01T00:00:00Z"))));
        source.nextCommit(first -> {
            first.commit(); // stubs of an earlier purge
            source.nextCommit(second -> {
                second.commit(); // the store's clock
                source.nextCommit(third -> {
                    third.commit(); // the stub
                    source.down(true);
                });
            });
        });
        assertThatThrownBy(() -> store.purge(Duration.ofDays(1), 10)).isInstanceOf(JournalException.class);
        source.down(false);
        assertThat(count("entry")).isEqualTo(2);
        assertThat(store.run("old")).isEmpty();
        assertThat(store.read("old", 0, 10)).isEmpty();
        assertThat(store.purge(Duration.ofDays(1), 10)).isZero();
        assertThat(count("entry")).isZero();
        assertThat(count("plan")).isZero();
    }

    private long count(String name) {
        try (Connection connection = database().source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table(name))) {
            return rows.next() ? rows.getLong(1) : -1;
        } catch (SQLException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    @DisplayName("drops plans that expired, and keeps the others")
    void dropsExpiredPlans() {
        BatchPlan plan = Samples.plan("a", "q-a", Samples.eligible(ORDERS));
        BatchPlan later = Samples.plan("b", "q-b", Samples.eligible(ORDERS));
        store.savePlan(plan, NOW);
        store.savePlan(later, plan.validUntil());
        assertThat(store.plan("a")).contains(plan);
        store.savePlan(later, plan.validUntil().plusSeconds(1));
        assertThat(store.plan("a")).isEqualTo(Optional.empty());
        assertThat(store.plan("b")).contains(later);
        assertThat(count("plan_task")).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "a plan that is confirmed where it was saved is written once, and its run keeps it for as long as there is one")
    void confirmedPlanIsWrittenOnce() {
        BatchPlan plan = Samples.plan("a", "q-a", Samples.eligible(ORDERS));
        BatchPlan later = Samples.plan("b", "q-b", Samples.eligible(ORDERS));
        Instant expired = plan.validUntil().plusSeconds(1);
        store.savePlan(plan, NOW);
        RunRecord run = Samples.run("run", plan);
        RunOpening.Opened opened = (RunOpening.Opened) store.open(run, LEASE);
        assertThat(count("plan")).isEqualTo(1);
        assertThat(count("plan_task")).isEqualTo(1);
        assertThat(store.run("run")).contains(run);
        assertThat(store.plan("a")).contains(plan);
        assertThat(store.audit("run").verdict()).isEqualTo(AuditCheck.Verdict.INTACT);
        store.savePlan(later, expired);
        assertThat(store.plan("a")).isEmpty();
        assertThat(store.run("run")).contains(run);
        store.append("run", opened.token(), List.of(Samples.ended(Instant.parse("2020-01-01T00:00:00Z"))));
        assertThat(store.purge(Duration.ofDays(30), 10)).isEqualTo(1);
        assertThat(count("plan")).isEqualTo(1);
        assertThat(count("plan_task")).isEqualTo(1);
    }

    @Test
    @DisplayName("a plan that is saved again after its run was opened is another, and goes without it")
    void savedAgain() {
        BatchPlan plan = Samples.plan("a", "q-a", Samples.eligible(ORDERS));
        store.savePlan(plan, NOW);
        RunRecord run = Samples.run("run", plan);
        RunOpening.Opened opened = (RunOpening.Opened) store.open(run, LEASE);
        store.savePlan(plan, NOW);
        assertThat(count("plan")).isEqualTo(2);
        assertThat(store.run("run")).contains(run);
        store.append("run", opened.token(), List.of(Samples.ended(Instant.parse("2020-01-01T00:00:00Z"))));
        assertThat(store.purge(Duration.ofDays(30), 10)).isEqualTo(1);
        assertThat(store.plan("a")).contains(plan);
        assertThat(count("plan_task")).isEqualTo(1);
    }

    @Test
    @DisplayName("a purged run takes the plan with it that was saved for it")
    void purgedWithPlan() {
        BatchPlan plan = Samples.plan("a", "q-a", Samples.eligible(ORDERS));
        store.savePlan(plan, NOW);
        RunOpening.Opened opened = (RunOpening.Opened) store.open(Samples.run("run", plan), LEASE);
        store.append("run", opened.token(), List.of(Samples.ended(Instant.parse("2020-01-01T00:00:00Z"))));
        assertThat(store.purge(Duration.ofDays(30), 10)).isEqualTo(1);
        assertThat(store.plan("a")).isEmpty();
        assertThat(count("plan")).isZero();
        assertThat(count("plan_task")).isZero();
    }

    @Test
    @DisplayName("a plan of which only the fingerprint is the one that was saved is written anew")
    void otherPlanOfTheSameFingerprint() {
        store.savePlan(Samples.plan("a", "q-a", Samples.eligible(ORDERS)), NOW);
        RunRecord run = Samples.run("run", Samples.plan("a", "q-a", Samples.eligible(STOCK)));
        assertThat(store.open(run, LEASE)).isInstanceOf(RunOpening.Opened.class);
        assertThat(count("plan")).isEqualTo(2);
        assertThat(store.run("run")).contains(run);
        assertThat(store.audit("run").verdict()).isEqualTo(AuditCheck.Verdict.INTACT);
    }

    @Test
    @DisplayName("an outcome and its claim change together: only the first outcome of a task counts")
    void firstOutcomeCounts() {
        FencingToken token = opened(store, "run");
        FencingToken other = opened(store, "other");
        assertThat(store.claim("run", token, Set.of(ORDERS, STOCK), false, NOW)).isEmpty();
        store.append(
                "run",
                token,
                List.of(
                        Samples.fact(JournalRecord.Kind.OUTCOME, ORDERS, "UNKNOWN"),
                        Samples.fact(JournalRecord.Kind.OUTCOME, ORDERS, "SUCCEEDED"),
                        Samples.fact(JournalRecord.Kind.OUTCOME, STOCK, "SUCCEEDED"),
                        Samples.fact(JournalRecord.Kind.OUTCOME, STOCK, "UNKNOWN")));
        assertThat(store.claim("other", other, Set.of(ORDERS, STOCK), false, NOW))
                .containsOnlyKeys(ORDERS);
    }
}
