package io.omsbatch.api.journal;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One fact about a run, as it is appended. Immutable.
 *
 * @param at when it became known, by the engine's clock
 * @param kind what kind of fact it is
 * @param subject task, step and attempt it is about; null for facts about the whole run
 * @param code the kind's value, for programs: an outcome kind, a problem code, an action; 1 to 200 characters
 * @param detail further values by name, at most 32; flat, versioned with the kind
 * @since 0.1.0
 */
public record JournalRecord(Instant at, Kind kind, @Nullable Subject subject, String code, Map<String, String> detail) {

    private static final int MOST_DETAILS = 32;

    /** The kinds of fact. */
    public enum Kind {
        /** A command is about to be sent; nothing is sent without it (RUN-2). Detail: {@code key}. */
        INTENT,
        /** An attempt ended without ending its task. Code: what came of it. */
        RESULT,
        /** A task has its outcome, and its claim is released. Closes an open intent. Code: the outcome's kind. */
        OUTCOME,
        /**
         * A switchover step of a task is over, or the undo of one. Code: how. Detail, if the code is {@code UNDO_FAILED}: the problem that is
         * left behind.
         */
        STEP_OVER,
        /** An operator acted, on a task or, without a subject, on the run. Code: the action. Detail: {@code actor}, {@code reason}. */
        CONTROL,
        /** An operator waived a safety rule. Code: the invariant. Detail: {@code actor}, {@code reason}. */
        WAIVER,
        /** From here a task only goes forward (SW-7). At most one per task. */
        POINT_OF_NO_RETURN,
        /** From here on what this run did to a task is taken back (SW-8); its further steps are those of the undo. Code: {@code BEGUN}. */
        UNDO,
        /** A command from the inbox has its answer, and leaves the inbox. Code: the answer. Detail: {@code command}, its id. */
        ANSWERED,
        /**
         * The claim of a task was given up by an operator's choice, though it has no outcome. Code: {@code SETTLED} if nothing was
         * in flight, {@code UNSETTLED} if the task is left like one with the outcome UNKNOWN.
         */
        RELEASED,
        /** The failure budget of the run is spent, so nothing new begins. Detail: {@code text}. */
        BUDGET_SPENT,
        /**
         * A wave of the run began, or stopped it. Code: {@code BEGUN}, {@code SPENT} if too many of its tasks failed, {@code UNHEALTHY}
         * if the health gate after it was not content. Detail: {@code wave}, its number, and {@code text} unless it began.
         */
        WAVE,
        /** The run rests and needs a decision. Code: why. Detail: {@code message}. */
        PARKED,
        /** Another owner goes on with the run. Code: the owner. */
        TAKEN_OVER,
        /** Every task has its outcome. */
        ENDED
    }

    /** Checks the parts and copies the details. */
    public JournalRecord {
        Objects.requireNonNull(at, "JournalRecord.at");
        Objects.requireNonNull(kind, "JournalRecord.kind");
        Limits.id("JournalRecord.code", code);
        Objects.requireNonNull(detail, "JournalRecord.detail");
        if (detail.size() > MOST_DETAILS) {
            throw new InvalidInputException(
                    "JournalRecord.detail",
                    "has " + detail.size() + " values; at most " + MOST_DETAILS + " are allowed");
        }
        Limits.noNull("JournalRecord.detail", detail.keySet());
        Limits.noNull("JournalRecord.detail", detail.values());
        detail = Map.copyOf(detail);
    }

    /** Returns kind, code, subject and details, escaped. */
    @Override
    public String toString() {
        return SafeText.escape(
                at + " " + kind + " " + code + (subject == null ? "" : " " + subject) + " " + new TreeMap<>(detail));
    }
}
