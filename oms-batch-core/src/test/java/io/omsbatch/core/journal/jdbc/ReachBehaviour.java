package io.omsbatch.core.journal.jdbc;

import static io.omsbatch.core.journal.jdbc.Samples.LEASE;
import static io.omsbatch.core.journal.jdbc.Samples.NOW;
import static io.omsbatch.core.journal.jdbc.Samples.ORDERS;
import static io.omsbatch.core.journal.jdbc.Samples.note;
import static io.omsbatch.core.journal.jdbc.Samples.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunCommand;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.core.internal.sql.entry.CommandTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** How a database lets any replica see and command runs, beyond the contract of stores. */
@Timeout(120)
abstract class ReachBehaviour {

    private final JdbcJournalSettings settings = TestDatabase.settings();
    private FaultySource source;
    private JdbcJournalStore store;
    private Tampering rows;

    private final Logger inboxes = (Logger) LoggerFactory.getLogger(CommandTable.class);
    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();

    abstract TestDatabase database();

    @BeforeEach
    final void openStore() {
        source = new FaultySource(database().source());
        store = JdbcJournalStore.open(source, settings);
        rows = new Tampering(database(), settings);
        warnings.start();
        inboxes.addAppender(warnings);
    }

    @AfterEach
    final void release() {
        inboxes.detachAppender(warnings);
    }

    private void answerIsLost() {
        source.nextCommit(real -> {
            real.commit();
            throw FaultySource.connectionLost();
        });
    }

    private static RunCommand command(String id, String run) {
        return new RunCommand(id, run, NOW, "PAUSE", Map.of("actor", "Zoë"));
    }

    private static JournalRecord answer(String command) {
        return new JournalRecord(NOW, JournalRecord.Kind.ANSWERED, null, "ACCEPTED", Map.of("command", command));
    }

    private List<String> ids(RunPage page) {
        return page.runs().stream().map(RunSummary::runId).toList();
    }

    @Test
    @DisplayName("RUN-12: a command whose commit's answer was lost is there once")
    void sentInDoubt() {
        FencingToken unused = opened(store, "run");
        answerIsLost();
        store.send(command("c", "run"));
        source.nextCommit(real -> {
            real.rollback();
            throw FaultySource.connectionLost();
        });
        store.send(command("d", "run"));
        assertThat(store.commands(Set.of("run"), 10)).containsExactly(command("c", "run"), command("d", "run"));
    }

    @Test
    @DisplayName("RUN-12: an answer whose commit's answer was lost is given once, with what was written beside it")
    void answeredInDoubt() {
        FencingToken token = opened(store, "run");
        store.send(command("c", "run"));
        answerIsLost();
        store.append("run", token, List.of(note("beside"), answer("c")));
        assertThat(store.read("run", 0, 10)).hasSize(2);
        assertThat(store.answer("run", "c")).contains(answer("c"));
        assertThat(store.commands(Set.of("run"), 10)).isEmpty();
    }

    @Test
    @DisplayName("RUN-12: only the first answer to a command counts, and answers to no command harm nothing")
    void strangeAnswers() {
        FencingToken token = opened(store, "run");
        store.send(command("c", "run"));
        List<JournalRecord> facts = new ArrayList<>(List.of(answer("c")));
        facts.add(new JournalRecord(NOW, JournalRecord.Kind.ANSWERED, null, "REFUSED", Map.of("command", "c")));
        for (String odd : List.of("", "\0", "\uD83D", "x".repeat(1_000), "nobody sent it")) {
            facts.add(answer(odd));
        }
        facts.add(new JournalRecord(NOW, JournalRecord.Kind.ANSWERED, null, "REFUSED", Map.of()));
        store.append("run", token, facts);
        assertThat(store.read("run", 0, 100)).hasSize(facts.size());
        assertThat(store.answer("run", "c")).contains(answer("c"));
    }

    @Test
    @DisplayName("SEC-2: a command comes back as it was, whatever text it holds, and under ids that look alike")
    void strangeCommands() {
        String strange = "\0 \uD83D lone \uD83D\uDE9A \\n \n = \u2028 '; --";
        List<RunCommand> sent = new ArrayList<>();
        for (String id : List.of("a", "A", "á", "a ", "a  ", "a\\", "a \\", " a", "a%", "ａ")) {
            FencingToken unused = opened(store, id);
            sent.add(new RunCommand(id, id, NOW, id, Map.of(strange, strange, "", "")));
            store.send(sent.get(sent.size() - 1));
        }
        Set<String> runs = new HashSet<>(sent.stream().map(RunCommand::runId).toList());
        assertThat(store.commands(runs, 100)).isEqualTo(sent);
        for (RunCommand command : sent) {
            store.append(command.runId(), new FencingToken(1), List.of(answer(command.id())));
            assertThat(store.answer(command.runId(), command.id())).isPresent();
        }
        assertThat(store.commands(runs, 100)).isEmpty();
    }

    @Test
    @DisplayName("SEC-3: a command that could not be given back as it was is refused, and its inbox stays as it is")
    void refusesCommands() {
        FencingToken unused = opened(store, "run");
        RunCommand huge = new RunCommand("c", "run", NOW, "PAUSE", Map.of("big", "z".repeat(1_000_001)));
        assertThatThrownBy(() -> store.send(huge))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("RunCommand.detail");
        RunCommand never = new RunCommand("c", "run", Instant.MAX, "PAUSE", Map.of());
        assertThatThrownBy(() -> store.send(never))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("RunCommand.sentAt");
        assertThat(store.commands(Set.of("run"), 10)).isEmpty();
        assertThatThrownBy(() -> store.runs(RunFilter.all(), "+999999999-01-01T00:00:00Z run", 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("runs.from");
        assertThatThrownBy(() -> store.runs(RunFilter.all(), null, 1_001)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> store.commands(Set.of("run"), 0)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("RUN-12: commands to very many runs are found, those put there first first")
    void manyInboxes() {
        Set<String> runs = new HashSet<>();
        List<RunCommand> sent = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            runs.add("run-" + i);
        }
        for (int i = 449; i >= 0; i -= 50) {
            FencingToken unused = opened(store, "run-" + i);
            sent.add(command("c", "run-" + i));
            store.send(sent.get(sent.size() - 1));
        }
        assertThat(store.commands(runs, 100)).isEqualTo(sent);
        assertThat(store.commands(runs, 3)).isEqualTo(sent.subList(0, 3));
        assertThat(store.commands(Set.of(), 3)).isEmpty();
    }

    @Test
    @DisplayName("DUR-4: a command of a newer version waits, and keeps nobody from the others")
    void newerCommand() {
        FencingToken unused = opened(store, "run");
        store.send(command("newer", "run"));
        store.send(command("known", "run"));
        assertThat(rows.update("UPDATE {command} SET format = 2 WHERE command_id = 'newer'"))
                .isEqualTo(1);
        assertThat(store.commands(Set.of("run"), 1)).containsExactly(command("known", "run"));
        for (int poll = 0; poll < 3; poll++) {
            assertThat(store.commands(Set.of("run"), 10)).containsExactly(command("known", "run"));
        }
        assertThat(warnings.list)
                .as("said once, not at each look")
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains("Run run", "is not understood and waits");
        assertThat(rows.update("UPDATE {command} SET format = 1")).isEqualTo(2);
        assertThat(store.commands(Set.of("run"), 10)).hasSize(2);
    }

    @Test
    @DisplayName("DUR-4: a run of an operation that only a newer version knows hides none of the others")
    void newerRun() {
        for (int i = 0; i < 5; i++) {
            open("run-" + i, NOW.plusSeconds(i));
        }
        rows.update("UPDATE {run} SET operation = 'TELEPORT' WHERE run_id = 'run-3'");
        rows.update("UPDATE {run} SET format = 9 WHERE run_id = 'run-1'");
        assertThat(ids(store.runs(RunFilter.all(), null, 100))).containsExactly("run-4", "run-2", "run-1", "run-0");
        RunPage first = store.runs(RunFilter.all(), null, 2);
        assertThat(ids(first)).containsExactly("run-4");
        assertThat(ids(store.runs(RunFilter.all(), first.next(), 2))).containsExactly("run-2", "run-1");
        assertThatThrownBy(() -> store.summary("run-3"))
                .isInstanceOfSatisfying(
                        JournalException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(JournalException.Kind.UNREADABLE))
                .hasMessageContaining("TELEPORT");
    }

    @Test
    @DisplayName(
            "DUR-4: a run that is not understood can be parked, once, by a lost answer too, and is listed as parked")
    void parksNewer() {
        FencingToken token = opened(store, "run");
        store.release("run", token);
        String status = rows.with(sql -> sql.query("SELECT status FROM {plan_task}", row -> row.text("status")))
                .get(0);
        rows.update("UPDATE {plan_task} SET status = 'QUANTUM'");
        JournalRecord parked =
                new JournalRecord(NOW, JournalRecord.Kind.PARKED, null, "NOT_RECOVERABLE", Map.of("message", "newer"));
        answerIsLost();
        assertThat(store.park("run", parked)).isTrue();
        assertThat(store.park("run", parked)).isFalse();
        assertThat(store.abandoned(Set.of(), 10)).isEmpty();
        assertThat(ids(store.runs(RunFilter.all().in(RunSummary.State.PARKED), null, 10)))
                .containsExactly("run");
        assertThat(store.read("run", 0, 10)).hasSize(1);
        rows.update("UPDATE {plan_task} SET status = ?", status);
        assertThat(store.takeOver("run", LEASE).orElseThrow().token()).isEqualTo(new FencingToken(3));
    }

    @Test
    @DisplayName("DUR-4: what a version parks that does not understand the plan stays in the hash chain")
    void parkingChains() {
        FencingToken token = opened(store, "run");
        store.release("run", token);
        assertThat(store.park("run", new JournalRecord(NOW, JournalRecord.Kind.PARKED, null, "WHY", Map.of())))
                .isTrue();
        assertThat(store.audit("run").verdict()).isEqualTo(AuditCheck.Verdict.INTACT);
        assertThat(store.audit("run").entries()).isEqualTo(1);
    }

    private void open(String id, Instant startedAt) {
        BatchPlan plan = Samples.plan("plan-of-" + id, "request-of-" + id, Samples.eligible(ORDERS));
        RunRecord run = new RunRecord(
                id,
                plan,
                new Confirmation(plan.fingerprint(), plan.request().actor(), "window 17", Set.of()),
                startedAt);
        assertThat(store.open(run, LEASE)).isInstanceOf(RunOpening.Opened.class);
    }

    @Test
    @DisplayName("lists runs in pages of one, whatever their ids are, each once")
    void listsStrangeIds() {
        List<String> runs =
                List.of("a", "A", "á", "a ", "a  ", "a\\", "a \\", " a", "a%", "a_", "ａ", "aß", "ass", "\uD83D\uDE9A");
        runs.forEach(id -> open(id, NOW));
        for (RunFilter filter : List.of(RunFilter.all(), RunFilter.all().in(RunSummary.State.RUNNING))) {
            List<String> listed = new ArrayList<>();
            RunPage page = store.runs(filter, null, 1);
            listed.addAll(ids(page));
            for (int i = 0; i < 50 && page.next() != null; i++) {
                page = store.runs(filter, page.next(), 1);
                listed.addAll(ids(page));
            }
            assertThat(listed).containsExactlyInAnyOrderElementsOf(runs);
            assertThat(ids(store.runs(filter, null, 100))).isEqualTo(listed);
        }
    }

    @Test
    @DisplayName("a purge takes the inbox of a run with it, and a purged run takes no commands")
    void purgesInbox() {
        FencingToken token = opened(store, "old");
        FencingToken unused = opened(store, "live");
        store.send(command("a", "old"));
        store.send(command("b", "old"));
        store.send(command("b", "live"));
        store.append("old", token, List.of(answer("a"), Samples.ended(Instant.parse("2020-01-01T00:00:00Z"))));
        assertThat(store.answer("old", "a")).isPresent();
        assertThat(store.purge(Duration.ofDays(1), 10)).isEqualTo(1);
        assertThat(store.commands(Set.of("old", "live"), 10)).containsExactly(command("b", "live"));
        assertThat(store.answer("old", "a")).isEmpty();
        assertThat(store.summary("old")).isEmpty();
        assertThat(ids(store.runs(RunFilter.all(), null, 10))).containsExactly("live");
        assertThatThrownBy(() -> store.send(command("c", "old")))
                .isInstanceOfSatisfying(
                        JournalException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(JournalException.Kind.NO_SUCH_RUN));
        long left = rows.with(sql -> sql.query("SELECT COUNT(*) AS many FROM {command}", row -> row.number("many")))
                .get(0);
        assertThat(left).isEqualTo(1);
    }
}
