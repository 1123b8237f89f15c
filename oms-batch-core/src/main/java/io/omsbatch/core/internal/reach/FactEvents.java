package io.omsbatch.core.internal.reach;

import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.notify.EventFeed;
import io.omsbatch.core.internal.run.RunView;
import io.omsbatch.core.workflow.StepTable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells the events of a followed run as its facts say what happened. Gates have no fact of their own; the board shows them. */
final class FactEvents {

    private final EventFeed feed;
    private final RunRecord record;

    FactEvents(EventFeed feed, RunRecord record) {
        this.feed = feed;
        this.record = record;
        int tasks = record.plan().request().tasks().size();
        feed.publish(stamp -> new BatchEvent.RunStarted(stamp, tasks));
    }

    void tell(JournalEntry entry, RunView view) {
        JournalRecord fact = entry.record();
        Subject subject = fact.subject();
        if (subject == null) {
            tellOfRun(entry, view);
            return;
        }
        switch (fact.kind()) {
            case INTENT ->
                feed.publish(stamp ->
                        new BatchEvent.AttemptStarted(stamp, subject.task(), subject.step(), subject.attempt()));
            case RESULT -> tellResult(fact, subject);
            case STEP_OVER -> {
                StepStanding.State state = StepStanding.State.valueOf(fact.code());
                tellStep(fact, subject, state, Records.residue(fact));
            }
            case OUTCOME -> {
                TaskResult result = view.result(subject.task());
                if (result != null) {
                    feed.publish(stamp -> new BatchEvent.TaskEnded(stamp, result));
                }
            }
            default -> {}
        }
    }

    private void tellResult(JournalRecord fact, Subject subject) {
        Problem problem = Records.problem(fact);
        switch (Records.next(fact)) {
            case REPEAT, REPEAT_AMBIGUOUS ->
                feed.publish(stamp -> new BatchEvent.AttemptFailed(
                        stamp, subject.task(), subject.step(), subject.attempt(), problem));
            case OPERATOR -> tellStep(fact, subject, StepStanding.State.FAILED, problem);
            case OPERATOR_UNKNOWN -> tellStep(fact, subject, StepStanding.State.UNKNOWN, problem);
            case GO_ON -> {}
        }
    }

    private void tellStep(JournalRecord fact, Subject subject, StepStanding.State state, @Nullable Problem problem) {
        if (record.plan().request().operation().kind().isSwitchover()) {
            StepStanding standing = new StepStanding(
                    StepTable.stepOf(subject.step()), state, fact.at(), problem == null ? "" : problem.toString());
            feed.publish(stamp -> new BatchEvent.StepChanged(stamp, subject.task(), standing, problem));
        }
    }

    private void tellOfRun(JournalEntry entry, RunView view) {
        JournalRecord fact = entry.record();
        switch (fact.kind()) {
            case CONTROL ->
                feed.publish(stamp -> new BatchEvent.RunControlled(
                        stamp,
                        RunAction.valueOf(fact.code()),
                        new Actor(Records.value(fact, "actor")),
                        Records.value(fact, "reason")));
            case PARKED -> feed.publish(stamp -> new BatchEvent.RunParked(stamp, problem(fact)));
            case ENDED -> feed.publish(stamp -> new BatchEvent.RunEnded(stamp, report(entry, view)));
            default -> {}
        }
    }

    /** The report as the owner gave it, with the hash that the end of the run has in the journal. */
    BatchReport report(JournalEntry end, RunView view) {
        return new BatchReport(
                record.runId(),
                record.plan().request(),
                record.confirmation(),
                record.approval(),
                record.startedAt(),
                end.record().at(),
                view.results(),
                view.waivers(),
                end.hash());
    }

    static Problem problem(JournalRecord parking) {
        String message = Objects.requireNonNullElse(parking.detail().get("message"), "");
        for (ProblemCode known : ProblemCode.values()) {
            if (known.name().equals(parking.code())) {
                return Problem.of(known, message);
            }
        }
        return new Problem(parking.code(), message, "", false);
    }
}
