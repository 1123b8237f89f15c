package io.omsbatch.core.internal.durable;

import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Answers to commands of the inbox, as facts and back. */
public final class Answers {

    private static final String ACCEPTED = "ACCEPTED";
    private static final String REFUSED = "REFUSED";
    private static final String CONSENT_NEEDED = "CONSENT_NEEDED";

    private Answers() {}

    /**
     * Returns the fact that a command has its answer.
     *
     * @param at when
     * @param command the command
     * @param answer the answer
     * @return the fact
     */
    public static JournalRecord record(Instant at, String command, ControlAnswer answer) {
        Map<String, String> detail = new HashMap<>(Map.of("command", command));
        String code;
        if (answer instanceof ControlAnswer.Accepted accepted) {
            code = ACCEPTED;
            detail.put("tasks", TaskLists.text(accepted.tasks()));
        } else if (answer instanceof ControlAnswer.Refused refused) {
            code = REFUSED;
            detail.put("why", refused.why().name());
            detail.put("text", refused.text());
        } else if (answer instanceof ControlAnswer.ConsentNeeded consent) {
            code = CONSENT_NEEDED;
            detail.put("token", consent.token());
            detail.put("text", consent.text());
        } else {
            throw new IllegalArgumentException("is no answer of an owner: " + answer);
        }
        return new JournalRecord(at, JournalRecord.Kind.ANSWERED, null, code, detail);
    }

    /**
     * Reads an answer.
     *
     * @param fact the fact
     * @return the answer
     * @throws IllegalArgumentException if it cannot be understood
     */
    public static ControlAnswer answer(JournalRecord fact) {
        return switch (fact.code()) {
            case ACCEPTED -> {
                Set<TaskRef> tasks = TaskLists.tasks(Records.value(fact, "tasks"));
                yield new ControlAnswer.Accepted(tasks);
            }
            case REFUSED ->
                new ControlAnswer.Refused(
                        ControlAnswer.Refusal.valueOf(Records.value(fact, "why")), Records.value(fact, "text"));
            case CONSENT_NEEDED ->
                new ControlAnswer.ConsentNeeded(Records.value(fact, "token"), Records.value(fact, "text"));
            default -> throw new IllegalArgumentException("is an answer of an unknown kind: " + fact);
        };
    }
}
