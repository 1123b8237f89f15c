package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.core.internal.notify.Subscriber;
import io.omsbatch.core.settings.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SW-9: The budget of a write freeze")
class FreezeWatchTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<Turn> turns = new ArrayList<>();
    private OneRun run = freezing(FreezeBudget.reporting(LIMIT));
    private FreezeWatch watch = watch();

    @AfterEach
    void close() {
        run.close();
    }

    private static OneRun freezing(FreezeBudget budget) {
        return OneRun.switchover(EngineSettings.defaults(), RunPolicy.none().withFreeze(budget), 3);
    }

    private FreezeWatch watch() {
        return new FreezeWatch(run.ledger, new Stragglers(run.ledger, run.moves()), turns::addAll);
    }

    private TaskEntry frozen(int index, Duration ago) {
        TaskEntry entry = run.entry(index);
        entry.startAt(4);
        entry.member().freeze(run.ledger.now().minus(ago));
        watch.watch(entry);
        return entry;
    }

    private boolean due() {
        Runnable due = watch.takeDue();
        if (due != null) {
            due.run();
        }
        return due != null;
    }

    @Test
    @DisplayName("ends that long after its confirmation, to the nanosecond, and is told then")
    void reports() {
        List<BatchEvent> told = new ArrayList<>();
        run.ledger.feed().listen(new Subscriber(told::add, run.environment));
        TaskEntry entry = frozen(0, Duration.ofSeconds(10));
        frozen(1, Duration.ZERO);
        assertThat(watch.nextDue())
                .isEqualTo(run.ledger.nanos() + Duration.ofSeconds(20).toNanos());
        run.environment.advance(Duration.ofSeconds(20).minusNanos(1));
        assertThat(due()).isFalse();
        assertThat(watch.stops(entry)).isNull();
        assertThat(entry.waitsFor()).isEmpty();
        run.environment.advance(Duration.ofNanos(1));
        assertThat(due()).as("only told").isFalse();
        assertThat(entry.waitsFor()).contains("longer than the budget of 30.0 s");
        assertThat(watch.stops(entry)).isNotNull();
        assertThat(watch.stops(entry).code()).isEqualTo(ProblemCode.FREEZE_SPENT.name());
        assertThat(run.entry(1).waitsFor()).isEmpty();
        assertThat(watch.nextDue())
                .isEqualTo(run.ledger.nanos() + Duration.ofSeconds(10).toNanos());
    }

    @Test
    @DisplayName("adds to what a task waits for")
    void adds() {
        TaskEntry entry = frozen(0, LIMIT);
        entry.waitsFor = "an operator";
        due();
        assertThat(entry.waitsFor()).startsWith("an operator; the source is frozen since");
    }

    @Test
    @DisplayName("stops no task that is not frozen, goes back, or was let go on")
    void stopsNot() {
        TaskEntry entry = frozen(0, LIMIT);
        assertThat(watch.stops(entry)).isNotNull();
        entry.member().freezeAccepted = true;
        assertThat(watch.stops(entry)).isNull();
        entry.member().freezeAccepted = false;
        entry.member().pastReturn = true;
        assertThat(watch.stops(entry)).isNull();
        assertThat(watch.stops(run.entry(1))).isNull();
        try (OneRun plain = OneRun.stopping(1)) {
            assertThat(watch.stops(plain.entry(0))).isNull();
            watch.watch(plain.entry(0));
        }
        watch.watch(run.entry(2));
        TaskEntry back = frozen(1, LIMIT);
        back.markCommanded();
        back.attempts = 1;
        back.member().takingBack = back.takingBack();
        assertThat(watch.stops(back)).isNull();
    }

    @Test
    @DisplayName("takes a task back at its end where that was asked for, unless something else is decided")
    void undoes() {
        run.close();
        run = freezing(FreezeBudget.undoing(LIMIT));
        watch = watch();
        TaskEntry entry = frozen(0, LIMIT);
        TaskEntry past = frozen(1, LIMIT);
        past.member().pastReturn = true;
        TaskEntry aborting = frozen(2, LIMIT);
        aborting.member().aborting = true;
        assertThat(due()).isTrue();
        assertThat(turns).singleElement().satisfies(turn -> {
            assertThat(turn.entry()).isSameAs(entry);
            assertThat(turn.releases()).isFalse();
            assertThat(turn.records()).extracting(JournalRecord::code).containsExactly("ABORT");
            OneRun.make(turn);
        });
        assertThat(entry.member().aborting).isTrue();
        assertThat(watch.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("SW-3: ejects those for whom a frozen task waits at the barrier")
    void ejects() {
        TaskEntry held = frozen(0, LIMIT);
        run.through(held, Phase.HELD);
        run.through(run.entry(1), Phase.QUEUED);
        run.through(run.entry(2), Phase.ENDED);
        assertThat(due()).isTrue();
        assertThat(turns).singleElement().satisfies(turn -> {
            assertThat(turn.entry()).isSameAs(run.entry(1));
            OneRun.make(turn);
        });
        assertThat(run.entry(1).member().alone()).isTrue();
        assertThat(held.member().alone()).isFalse();
    }
}
