package io.omsbatch.core.internal.story;

import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.fact.RunStanding;
import io.omsbatch.core.workflow.StepSpec;
import io.omsbatch.core.workflow.StepTable;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a task stands after the facts so far, and what it waits for. */
final class TaskPosition {

    private static final Set<String> ENDINGS = Set.of(
            RunAction.CANCEL.name(),
            RunAction.CANCEL_LEAVING.name(),
            RunAction.CANCEL_UNDOING.name(),
            RunAction.CLOSE_AS_UNKNOWN.name());

    private final int wave;
    private final boolean undoes;
    private final SwitchoverDirection direction;
    private final Set<SwitchoverStep> commanded = EnumSet.noneOf(SwitchoverStep.class);
    private List<StepSpec> rows;
    private String step;
    private String waits;
    private String outcome = "";
    private String parked = "";
    private boolean canceled;
    private RunStanding run = RunStanding.begun(Instant.EPOCH);

    /**
     * Creates it for a task of which nothing was done yet.
     *
     * @param rows its steps; none if it was not eligible
     * @param step the step at which it begins
     * @param wave the wave with which it begins
     * @param undoes whether the platform takes steps back
     * @param direction which way it goes, in a switchover
     */
    TaskPosition(List<StepSpec> rows, String step, int wave, boolean undoes, SwitchoverDirection direction) {
        this.direction = direction;
        this.undoes = undoes;
        this.rows = rows;
        this.step = step;
        this.wave = wave;
        String first = wave == 1 ? atStep() : "It waits for wave " + wave + ", which is its own, to begin";
        this.waits = rows.isEmpty() ? "It was left out; nothing is done to it" : first;
    }

    private String step(String name) {
        return StoryText.step(direction, name);
    }

    boolean ended() {
        return !outcome.isEmpty();
    }

    /**
     * Takes in a fact.
     *
     * @param told the sentence that tells it
     */
    void note(JournalRecord fact, String told) {
        Subject subject = fact.subject();
        if (subject == null) {
            run = run.after(fact);
            parked = fact.kind() == JournalRecord.Kind.PARKED ? told : parked;
            waits = begins(fact) ? atStep() : waits;
            canceled |= fact.kind() == JournalRecord.Kind.CONTROL && ENDINGS.contains(fact.code());
            return;
        }
        boolean setsNothingOff = fact.kind() == JournalRecord.Kind.CONTROL
                && Set.of(
                                SwitchoverAction.EJECT.name(),
                                SwitchoverAction.ABORT.name(),
                                SwitchoverAction.OPEN_TARGET.name())
                        .contains(fact.code());
        step = setsNothingOff ? step : subject.step();
        switch (fact.kind()) {
            case INTENT -> intended(fact);
            case RESULT -> resulted(fact);
            case STEP_OVER -> over(fact);
            case CONTROL -> waits = setsNothingOff ? waits : step(step) + " was set off and not commanded yet";
            case UNDO -> {
                rows = StepTable.undoing(rows, commanded);
                step = rows.isEmpty() ? step : rows.get(0).name();
                waits = atStep();
            }
            case OUTCOME -> outcome = told;
            case RELEASED -> waits = "Its claim is given up; this run claims it again if the run is resumed";
            case WAIVER, POINT_OF_NO_RETURN, ANSWERED, BUDGET_SPENT, WAVE, PARKED, TAKEN_OVER, ENDED -> {
                // says nothing about where the task stands
            }
        }
    }

    private void intended(JournalRecord fact) {
        waits = "A command of " + step(step) + " is on its way, or its effect is looked for";
        if (fact.code().equals(StepCommand.Action.RUN.name())) {
            rows.stream()
                    .filter(row -> row.name().equals(step))
                    .map(StepSpec::step)
                    .filter(Objects::nonNull)
                    .forEach(commanded::add);
        }
    }

    private boolean begins(JournalRecord fact) {
        return fact.kind() == JournalRecord.Kind.WAVE
                && fact.code().equals(Records.WaveFact.BEGUN.name())
                && StoryText.detail(fact, "wave").equals(Integer.toString(wave));
    }

    private void resulted(JournalRecord fact) {
        String next = StoryText.detail(fact, "next");
        if (next.startsWith(Records.Next.OPERATOR.name())) {
            waits = step(step) + " did not come through; it waits for an operator: " + open();
        } else if (!next.equals(Records.Next.GO_ON.name())) {
            waits = "It waits for the next attempt of " + step(step);
        }
    }

    private String open() {
        return rows.stream()
                .filter(row -> row.name().equals(step))
                .flatMap(
                        row -> StepTable.offered(
                                row, row.undoes() ? StepStanding.State.UNDO_FAILED : StepStanding.State.FAILED)
                                .stream())
                .filter(action -> undoes || action != SwitchoverAction.ABORT)
                .map(SwitchoverAction::title)
                .collect(Collectors.joining(", "));
    }

    private void over(JournalRecord fact) {
        String done = step;
        boolean barrier = false;
        String next = "";
        for (StepSpec row : rows) {
            barrier |= row.name().equals(done) && row.barrier();
        }
        if (done.equals(SwitchoverStep.START_TARGET_STORE.name()) && fact.code().equals("SKIPPED")) {
            rows = rows.stream()
                    .filter(row -> row.step() != SwitchoverStep.START_REVERSE_INCREMENT)
                    .toList();
        }
        for (int i = 0; i < rows.size() - 1; i++) {
            if (rows.get(i).name().equals(done)) {
                next = rows.get(i + 1).name();
            }
        }
        step = next.isEmpty() ? done : next;
        String then = next.isEmpty() ? "It has no further step" : atStep();
        waits = barrier
                ? "It waits for those of its lane that are not marked yet, unless it goes alone. Then: " + then
                : then;
    }

    private String atStep() {
        return rows.stream()
                .filter(row -> row.name().equals(step) && row.driver() == StepSpec.Driver.OPERATOR)
                .findFirst()
                .map(row -> "It waits for an operator to "
                        + (row.barrier() ? "mark " + step(step) + " as completed" : "confirm " + step(step)))
                .orElse("It waits for its turn at " + step(step));
    }

    /** How it stands and what it waits for. */
    String now() {
        if (ended()) {
            return outcome;
        }
        if (run.state() == RunSummary.State.PARKED) {
            return parked
                    + ". It rests until an operator resumes the run, releases its claims, or closes it as unknown. "
                    + "Before that: " + waits;
        }
        if (run.state() == RunSummary.State.PAUSED) {
            return "The run is paused: nothing new begins until an operator resumes it. Then: " + waits;
        }
        return canceled
                ? "The run is canceled: what is in flight settles, then it ends, unless it is past its point of no return. "
                        + "Before that: " + waits
                : waits;
    }
}
