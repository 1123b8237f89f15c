package io.omsbatch.core.internal.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.journal.RunSummary.State;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("How a run stands")
class RunStandingTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    /** Facts are named by kind, controls by their action; the n-th happens n seconds after the start. */
    private static RunStanding after(String facts) {
        RunStanding standing = RunStanding.begun(START);
        int second = 0;
        for (String fact : facts.isEmpty() ? new String[0] : facts.split(" ", -1)) {
            second++;
            boolean control = Stream.of(RunAction.values())
                    .anyMatch(action -> action.name().equals(fact));
            standing = standing.after(new JournalRecord(
                    START.plusSeconds(second),
                    control ? Kind.CONTROL : Kind.valueOf(fact),
                    null,
                    control ? fact : "CODE",
                    Map.of()));
        }
        return standing;
    }

    @ParameterizedTest(name = "after \"{0}\" as {1} since second {2}")
    @CsvSource({
        "'', RUNNING, 0",
        "PAUSE, PAUSED, 1",
        "PAUSE PAUSE, PAUSED, 1",
        "RESUME, RUNNING, 0",
        "PAUSE RESUME, RUNNING, 2",
        "CANCEL, RUNNING, 0",
        "PAUSE CANCEL, RUNNING, 2",
        "PAUSE CANCEL_LEAVING, RUNNING, 2",
        "PAUSE CLOSE_AS_UNKNOWN, RUNNING, 2",
        "PAUSE RELEASE_CLAIMS, PAUSED, 1",
        "PAUSE PARKED RELEASE_CLAIMS TAKEN_OVER, PAUSED, 4",
        "PARKED, PARKED, 1",
        "PARKED PARKED, PARKED, 2",
        "PARKED PAUSE, PARKED, 1",
        "PARKED PAUSE TAKEN_OVER, PAUSED, 3",
        "PARKED RESUME TAKEN_OVER, RUNNING, 3",
        "PAUSE PARKED RESUME TAKEN_OVER, RUNNING, 4",
        "PAUSE PARKED TAKEN_OVER, PAUSED, 3",
        "PAUSE PARKED TAKEN_OVER RESUME, RUNNING, 4",
        "PARKED TAKEN_OVER, RUNNING, 2",
        "TAKEN_OVER, RUNNING, 0",
        "PAUSE TAKEN_OVER, PAUSED, 1",
        "ENDED, ENDED, 1",
        "PAUSE ENDED, ENDED, 2",
        "PARKED ENDED, ENDED, 2",
        "ENDED PARKED TAKEN_OVER PAUSE RESUME, ENDED, 1",
        "ANSWERED, RUNNING, 0"
    })
    @DisplayName("RUN-8, RUN-9: is told by the facts about the whole run")
    void stands(String facts, State state, int since) {
        RunStanding standing = after(facts);
        assertThat(standing.state()).isEqualTo(state);
        assertThat(standing.since()).isEqualTo(START.plusSeconds(since));
        assertThat(standing.why()).isEqualTo(state == State.PARKED ? "CODE" : "");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(RunAction.class)
    @DisplayName("RUN-9: is not changed by what is done to one task")
    void tasksChangeNothing(RunAction action) {
        RunStanding begun = RunStanding.begun(START);
        Subject task = new Subject(new TaskRef("p", "t"), "STOP", 1);
        assertThat(begun.after(new JournalRecord(START.plusSeconds(1), Kind.CONTROL, task, action.name(), Map.of())))
                .isEqualTo(begun);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "OUTCOME, SUCCEEDED, RELEASES",
        "OUTCOME, LEFT_AT, RELEASES",
        "OUTCOME, UNKNOWN, UNSETTLES",
        "RELEASED, SETTLED, RELEASES",
        "RELEASED, UNSETTLED, UNSETTLES",
        "RESULT, UNKNOWN, NONE",
        "CONTROL, LEAVE, NONE"
    })
    @DisplayName("RUN-5: claims are released or left unsettled by outcomes, and where they are given up")
    void claims(Kind kind, String code, ClaimEffect effect) {
        Subject task = new Subject(new TaskRef("p", "t"), "STOP", 1);
        assertThat(ClaimEffect.of(new JournalRecord(START, kind, task, code, Map.of())))
                .isEqualTo(effect);
        assertThat(ClaimEffect.of(new JournalRecord(START, kind, null, code, Map.of())))
                .isEqualTo(ClaimEffect.NONE);
    }
}
