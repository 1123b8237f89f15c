package io.omsbatch.core.internal.story;

import static io.omsbatch.core.internal.story.StoryText.actor;
import static io.omsbatch.core.internal.story.StoryText.because;
import static io.omsbatch.core.internal.story.StoryText.detail;

import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.core.internal.durable.Records;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts one fact after the other into sentences, and keeps in mind what is in doubt meanwhile. What it does not understand, because a
 * newer version wrote it, it tells as it stands.
 */
final class FactTeller {

    private final List<Reason> reasons;
    private final SwitchoverDirection direction;
    private final Map<FencingToken, String> owners = new HashMap<>();
    private int attempt;

    /** Whether a command was sent, or was about to be, and no fact says what came of it. */
    private boolean open;

    /** Whether a command of the current step may have had its effect without anybody knowing. */
    private boolean doubt;

    /**
     * Creates it.
     *
     * @param reasons why the task was not eligible; empty if it was
     * @param direction which way it goes, in a switchover
     */
    FactTeller(List<Reason> reasons, SwitchoverDirection direction) {
        this.reasons = reasons;
        this.direction = direction;
    }

    private String step(String name) {
        return StoryText.step(direction, name);
    }

    /** Tells a fact; empty if it is of no concern to the task. */
    Optional<String> tell(JournalEntry entry) {
        JournalRecord fact = entry.record();
        try {
            String text = fact.subject() == null ? ofRun(entry) : ofTask(entry, fact.subject());
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IllegalArgumentException unknown) {
            return Optional.of("The journal holds what this version does not understand: " + fact);
        }
    }

    private String ofRun(JournalEntry entry) {
        JournalRecord fact = entry.record();
        return switch (fact.kind()) {
            case CONTROL -> actor(fact) + " " + did(StoryText.constant(RunAction.class, fact)) + because(fact);
            case PARKED ->
                "The run was parked: " + fact.code()
                        + (detail(fact, "message").isEmpty() ? "" : ": " + detail(fact, "message"));
            case TAKEN_OVER -> takenOver(entry);
            case BUDGET_SPENT -> "The failure budget of the run was spent: " + detail(fact, "text");
            case WAVE ->
                StoryText.constant(Records.WaveFact.class, fact) == Records.WaveFact.BEGUN
                        ? "Wave " + Records.wave(fact) + " began"
                        : "Wave " + Records.wave(fact) + " stopped the run: " + detail(fact, "text");
            case INTENT, RESULT, OUTCOME, STEP_OVER, WAIVER, POINT_OF_NO_RETURN, UNDO, ANSWERED, RELEASED, ENDED -> "";
        };
    }

    private static String did(RunAction action) {
        return switch (action) {
            case PAUSE -> "paused the run";
            case RESUME -> "resumed the run";
            case CANCEL -> "canceled the run";
            case CANCEL_LEAVING -> "canceled the run, leaving begun tasks where they stand";
            case CANCEL_UNDOING -> "canceled the run, having begun tasks taken back";
            case RELEASE_CLAIMS -> "released the claims of the run";
            case CLOSE_AS_UNKNOWN -> "closed the run without knowing what became of its tasks";
        };
    }

    private String takenOver(JournalEntry entry) {
        owners.put(entry.token(), entry.record().code());
        doubt |= open;
        return entry.record().code() + " took the run over, with token " + entry.token()
                + (open ? "; what came of attempt " + attempt + " was not written, so it is looked for" : "");
    }

    private String ofTask(JournalEntry entry, Subject subject) {
        JournalRecord fact = entry.record();
        return switch (fact.kind()) {
            case INTENT -> intended(entry, subject);
            case RESULT -> resulted(fact, subject);
            case OUTCOME -> ended(fact);
            case STEP_OVER -> over(fact, subject);
            case CONTROL -> controlled(fact, subject);
            case WAIVER ->
                actor(fact) + " waived " + fact.code() + because(fact) + "; "
                        + direction.mirror(
                                StoryText.constant(Invariant.class, fact).consequence());
            case POINT_OF_NO_RETURN ->
                "From here it only goes forward: " + step(subject.step()) + " is its point of no return";
            case UNDO -> undoBegun();
            case RELEASED -> released(fact);
            case ANSWERED, BUDGET_SPENT, WAVE, PARKED, TAKEN_OVER, ENDED ->
                throw new IllegalArgumentException("is not about a task");
        };
    }

    private String intended(JournalEntry entry, Subject subject) {
        attempt = subject.attempt();
        open = true;
        String owner = owners.get(entry.token());
        return "Attempt " + attempt + " of " + step(subject.step())
                + (entry.record().code().equals("SKIP") ? ", to pass over it," : "") + " was about to be sent by "
                + (owner == null ? "the owner" : owner) + " with token " + entry.token() + ", under the key "
                + detail(entry.record(), "key");
    }

    private String resulted(JournalRecord fact, Subject subject) {
        String problem = Records.problem(fact).toString();
        Records.Next next = Records.next(fact);
        open = next == Records.Next.GO_ON && open;
        doubt = next == Records.Next.REPEAT_AMBIGUOUS || (next == Records.Next.GO_ON && doubt);
        return switch (next) {
            case REPEAT -> "Attempt " + subject.attempt() + " had no effect: " + problem + "; it is tried again";
            case REPEAT_AMBIGUOUS ->
                "Attempt " + subject.attempt() + " left in doubt whether it had its effect: " + problem
                        + "; it is sent again under the same key";
            case OPERATOR_UNKNOWN ->
                "Nobody knows what became of " + step(subject.step()) + ": " + problem + "; an operator decides";
            case OPERATOR -> step(subject.step()) + " did not come through: " + problem + "; an operator decides";
            case GO_ON -> step(subject.step()) + " is over, though not as it should be: " + problem;
        };
    }

    private String ended(JournalRecord fact) {
        TaskOutcome outcome = Records.outcome(fact, reasons);
        boolean settles = doubt && outcome.kind() == TaskOutcome.Kind.SUCCEEDED;
        open = false;
        doubt = false;
        return switch (outcome.kind()) {
            case SUCCEEDED -> "It succeeded: the wanted state was seen" + (settles ? ", which ends the doubt" : "");
            case ALREADY_DONE -> "It was already done: the wanted state was there before anything was commanded";
            case LEFT_AT -> "It was " + outcome.text();
            default -> "It ended as " + outcome.kind().title() + ": " + outcome.text();
        };
    }

    private String over(JournalRecord fact, Subject subject) {
        boolean settles = doubt;
        open = false;
        doubt = false;
        Problem left = Records.residue(fact);
        if (left != null) {
            return step(subject.step()) + " did not come through, and is left: " + left;
        }
        return fact.code().equals("SKIPPED")
                ? step(subject.step()) + " was passed over"
                : step(subject.step()) + " is over" + (settles ? ": that was seen, which ends the doubt" : "");
    }

    private String controlled(JournalRecord fact, Subject subject) {
        String where = step(subject.step());
        SwitchoverAction action = StoryText.constant(SwitchoverAction.class, fact);
        if (!action.atAnyTime() && action != SwitchoverAction.OPEN_TARGET) {
            open = false;
            doubt = false;
        }
        String done = switch (action) {
            case CONFIRM -> "confirmed " + where;
            case MARK -> "marked " + where + " as completed";
            case RETRY -> "had " + where + " tried again";
            case SKIP -> "skipped " + where;
            case EJECT -> "took it out of its lane at " + where + ", to go on alone";
            case LEAVE -> "left it at " + where;
            case OPEN_TARGET ->
                "declared at " + where + direction.mirror(" that its target is open to the application");
            case ABORT -> "aborted it at " + where + ", to have it taken back";
        };
        String first = fact.detail().get("first");
        return actor(fact) + " " + done + (first == null ? "" : ", as " + first + " had asked") + because(fact);
    }

    private String undoBegun() {
        open = false;
        doubt = false;
        return "From here on what this run did to it is taken back";
    }

    private String released(JournalRecord fact) {
        open = false;
        doubt = false;
        return fact.code().equals("SETTLED")
                ? "Its claim was given up, with nothing in flight: other runs may have it"
                : "Its claim was given up with a command in flight: it counts as UNKNOWN until that is settled";
    }
}
