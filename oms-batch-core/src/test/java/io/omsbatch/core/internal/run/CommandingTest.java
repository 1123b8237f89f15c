package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.core.OutageJournal.Fate;
import io.omsbatch.core.internal.call.Work;
import io.omsbatch.core.internal.call.WorkSource;
import io.omsbatch.core.settings.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Commands whose intents are written together")
class CommandingTest {

    private static final EngineSettings SETTINGS = EngineSettings.defaults();
    private static final int SLOTS = 8;
    private static final Duration LONG = Duration.ofDays(1);

    private @Nullable OneRun run;
    private @Nullable ScriptedPort port;

    @AfterEach
    void closeRun() {
        if (run != null) {
            run.close();
        }
    }

    private RunExecution stopping(int tasks, int slots) {
        EngineSettings settings = SETTINGS.withCalls(SETTINGS.calls().withConcurrency(slots));
        run = OneRun.of(settings, GatewayCapabilities.of(), RunPolicy.none(), tasks);
        port = new ScriptedPort(run);
        return new RunExecution(run.ledger, port, Map.of());
    }

    private BatchReport ended() {
        run.environment.advance(LONG);
        CompletableFuture<BatchReport> completion = run.ledger.life().completion();
        assertThat(completion).isDone();
        return completion.join();
    }

    private List<JournalRecord> facts(JournalRecord.Kind kind) {
        return run.journal.read(run.ledger.record().runId(), 0, 1000).stream()
                .map(JournalEntry::record)
                .filter(fact -> fact.kind() == kind)
                .toList();
    }

    /** Takes all free slots as soon as intents are written, and does something in each. */
    private void takeSlots(Work work) {
        List<Work> left = new ArrayList<>(Collections.nCopies(SLOTS, work));
        WorkSource other = new WorkSource() {
            @Override
            public @Nullable Work next() {
                return left.isEmpty() ? null : left.remove(0);
            }

            @Override
            public void unresponsive() {}
        };
        run.way.script((method, facts) -> {
            if (!facts.isEmpty() && facts.get(0).kind() == JournalRecord.Kind.INTENT && !left.isEmpty()) {
                run.parts.dispatcher().signal(other);
            }
            return Fate.WORKS;
        });
    }

    private void hang(Duration time) {
        try {
            run.environment.sleep(time);
        } catch (InterruptedException late) {
            hang(time);
        }
    }

    @Test
    @DisplayName("RUN-2: are as many as there are free slots, each sent by a slot of its own")
    void together() {
        RunExecution execution = stopping(12, 4);
        port.commandTakes = Duration.ofSeconds(1);
        List<Integer> sizes = new ArrayList<>();
        run.way.script((method, facts) -> {
            if (!facts.isEmpty() && facts.get(0).kind() == JournalRecord.Kind.INTENT) {
                sizes.add(facts.size());
            }
            return Fate.WORKS;
        });
        execution.begin();
        run.environment.advance(Duration.ofMillis(500));
        assertThat(sizes).hasSizeLessThan(4);
        assertThat(port.commands).hasSize(4);
        assertThat(ended().count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(12);
        assertThat(sizes).allMatch(size -> size <= 4);
        assertThat(port.most).isEqualTo(4);
    }

    @Test
    @DisplayName("RUN-6: do not wait behind one that takes long while a slot is free")
    void oneTakesLong() {
        RunExecution execution = stopping(40, 4);
        port.reply = task -> {
            if (task.equals(run.entry(0).ref())) {
                hang(Duration.ofSeconds(10));
            }
            return GatewayReply.done();
        };
        execution.begin();
        run.environment.advance(Duration.ofSeconds(5));
        assertThat(run.ledger.progress().ended()).isEqualTo(39);
        assertThat(ended().count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(40);
    }

    @Test
    @DisplayName(
            "PLAN-3: are not sent once their looks are too old, which is written, and are intended anew after another look")
    void noFreeSlot() {
        RunExecution execution = stopping(SLOTS, SLOTS);
        port.commandTakes = Duration.ofSeconds(3);
        takeSlots(slot -> hang(Duration.ofSeconds(5)));
        execution.begin();
        BatchReport report = ended();
        assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(SLOTS);
        assertThat(report.results()).extracting(TaskResult::attempts).containsOnly(1);
        List<JournalRecord> notSent = facts(JournalRecord.Kind.RESULT);
        assertThat(notSent).isNotEmpty().extracting(JournalRecord::code).containsOnly(ProblemCode.NO_FREE_SLOT.name());
        assertThat(facts(JournalRecord.Kind.INTENT)).hasSize(SLOTS + notSent.size());
        assertThat(port.commands).hasSize(SLOTS).doesNotHaveDuplicates();
        assertThat(port.ages).allMatch(age -> age.compareTo(SETTINGS.calls().freshness()) <= 0);
    }

    @Test
    @DisplayName("RUN-8, RUN-10: end as NOT_ATTEMPTED when every slot is held by a call that does not return")
    void everySlotHangs() {
        RunExecution execution = stopping(SLOTS, SLOTS);
        port.reply = task -> {
            hang(LONG.multipliedBy(10));
            return GatewayReply.done();
        };
        takeSlots(slot -> run.parts
                .dispatcher()
                .call(
                        slot,
                        () -> {
                            hang(LONG.multipliedBy(10));
                            return "never";
                        },
                        result -> {}));
        execution.begin();
        BatchReport report = ended();
        int sent = port.commands.size();
        assertThat(facts(JournalRecord.Kind.INTENT)).hasSizeGreaterThan(sent);
        assertThat(report.count(TaskOutcome.Kind.UNKNOWN)).isEqualTo(sent);
        assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(SLOTS - sent);
        assertThat(report.render()).contains(ProblemCode.GATEWAY_UNRESPONSIVE.name());
    }

    @Test
    @DisplayName(
            "are written ahead for slots that come free meanwhile, so that no slot waits for a journal that is slower than its calls")
    void ahead() {
        Duration writing = Duration.ofMillis(30);
        RunExecution execution = stopping(400, 4);
        port.commandTakes = Duration.ofMillis(10);
        List<Integer> sizes = new ArrayList<>();
        run.way.script((method, facts) -> {
            if (!facts.isEmpty() && facts.get(0).kind() == JournalRecord.Kind.INTENT) {
                sizes.add(facts.size());
                hang(writing);
            }
            return Fate.WORKS;
        });
        execution.begin();
        run.environment.advance(Duration.ofSeconds(2));
        assertThat(ended().count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(400);
        assertThat(port.most).isEqualTo(4);
        assertThat(sizes.subList(2, sizes.size()))
                .as("intents that are written together, of which 4 * 30 / 10 are sent until the next are written")
                .allMatch(size -> size > 4 && size <= 1 + 3 + 2 * 12);
    }

    @Test
    @DisplayName("are not written ahead of calls that take longer than the journal, because their looks would grow old")
    void notAhead() {
        RunExecution execution = stopping(40, 4);
        port.commandTakes = Duration.ofSeconds(1);
        List<Integer> sizes = new ArrayList<>();
        run.way.script((method, facts) -> {
            if (!facts.isEmpty() && facts.get(0).kind() == JournalRecord.Kind.INTENT) {
                sizes.add(facts.size());
                hang(Duration.ofMillis(30));
            }
            return Fate.WORKS;
        });
        execution.begin();
        assertThat(ended().count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(40);
        assertThat(facts(JournalRecord.Kind.INTENT)).hasSize(40);
        assertThat(sizes).allMatch(size -> size <= 4);
    }
}
