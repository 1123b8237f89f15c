package io.omsbatch.core.internal.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("DUR-1: What a journal keeps of a task")
class RecordsTest {

    private static final Instant NOW = Instant.EPOCH;
    private static final Subject SUBJECT = new Subject(new TaskRef("p", "orders"), "STOP", 2);
    private static final List<Reason> REASONS = List.of(new Reason("WRONG_STATUS", "is STOPPED"));
    private static final Problem FIRST = new Problem("E-1", "no rights", "grant them", false);
    private static final Problem SECOND = new Problem("E-2", "no space", "make some", false);

    @TestFactory
    @DisplayName("is its outcome, all of it")
    Stream<DynamicTest> outcomes() {
        SwitchoverStep step = SwitchoverStep.STOP_FORWARD_SYNC;
        return Stream.of(
                        new TaskOutcome.Succeeded(),
                        new TaskOutcome.AlreadyDone(),
                        new TaskOutcome.Ineligible(REASONS),
                        new TaskOutcome.Denied(),
                        new TaskOutcome.NotFound(),
                        new TaskOutcome.Stale(FIRST),
                        new TaskOutcome.Failed(new Problem("E-3", "busy", "wait", true)),
                        new TaskOutcome.Unknown(FIRST),
                        new TaskOutcome.NotAttempted(FIRST),
                        new TaskOutcome.LeftAt(step, SwitchoverDirection.FORWARD, true, "lunch"),
                        new TaskOutcome.LeftAt(step, SwitchoverDirection.BACK, false, "lunch"),
                        new TaskOutcome.Undone(),
                        new TaskOutcome.UndoIncomplete(List.of(FIRST, SECOND)))
                .map(outcome -> DynamicTest.dynamicTest(
                        outcome.toString(),
                        () -> assertThat(Records.outcome(Records.outcome(NOW, SUBJECT, outcome), REASONS))
                                .isEqualTo(outcome)));
    }

    @Test
    @DisplayName("says in words why there is no success, where nothing else says it")
    void words() {
        TaskOutcome denied = new TaskOutcome.Denied();
        assertThat(Records.outcome(NOW, SUBJECT, denied).detail()).containsEntry("text", denied.text());
        assertThat(Records.outcome(NOW, SUBJECT, new TaskOutcome.Succeeded()).detail())
                .isEmpty();
    }

    @Test
    @DisplayName("tells which commands were intended and not sent, and only those")
    void notSent() {
        for (ProblemCode code : ProblemCode.values()) {
            JournalRecord result = Records.result(NOW, SUBJECT, Problem.of(code, "for a reason"), Records.Next.REPEAT);
            assertThat(Records.notSent(result))
                    .as("%s", code)
                    .isEqualTo(code == ProblemCode.LEASE_NOT_RENEWED
                            || code == ProblemCode.JOURNAL_UNAVAILABLE
                            || code == ProblemCode.NO_FREE_SLOT);
        }
    }
}
