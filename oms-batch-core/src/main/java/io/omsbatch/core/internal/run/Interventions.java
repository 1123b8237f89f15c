package io.omsbatch.core.internal.run;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.step.LaneMember;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** What operators change of the tasks of a switchover. */
public final class Interventions {

    private final RunExecution execution;
    private final RunLedger ledger;
    private final Moves moves;
    private final FreezeWatch freeze;

    Interventions(RunExecution execution, Moves moves, FreezeWatch freeze) {
        this.execution = execution;
        this.ledger = execution.ledger();
        this.moves = moves;
        this.freeze = freeze;
    }

    /**
     * Makes an operator's changes: writes first, then changes. The tasks must be held.
     *
     * @param said what is written of the run besides
     * @param entries the tasks
     * @param records what is written for each
     * @param change makes the change, under the lock
     * @return whether they were made
     */
    public Recorded control(
            List<JournalRecord> said,
            List<TaskEntry> entries,
            Function<TaskEntry, List<JournalRecord>> records,
            Consumer<TaskEntry> change) {
        return execution.operate(
                said,
                entries.stream()
                        .map(entry -> new Turn(entry, records.apply(entry), List.of(), () -> change.accept(entry)))
                        .toList());
    }

    /**
     * Ends tasks where they stand, by an operator's choice. The tasks must be held.
     *
     * @param said what is written of the run besides
     * @param entries the tasks
     * @param records what is written for each
     * @param outcome the outcome of each
     * @return whether they ended
     */
    public Recorded leave(
            List<JournalRecord> said,
            List<TaskEntry> entries,
            Function<TaskEntry, List<JournalRecord>> records,
            Function<TaskEntry, TaskOutcome> outcome) {
        return execution.operate(
                said,
                entries.stream()
                        .map(entry -> moves.end(entry, outcome.apply(entry), records.apply(entry)))
                        .toList());
    }

    /**
     * Sets the current step of a task off, anew if it was tried before; the lock must be held.
     *
     * @param entry the task
     * @param freezes whether that freezes its source
     */
    public void setOff(TaskEntry entry, boolean freezes) {
        if (entry.phase() == Phase.FAILED) {
            entry.round++;
        }
        LaneMember member = entry.member();
        boolean late = member.frozenSince != null && freeze.over(member.frozenSince);
        member.freezeAccepted |= late;
        if (freezes && member.frozenSince == null) {
            member.freeze(ledger.now());
            freeze.watch(entry);
        }
        entry.newRound();
        ledger.queues().move(entry, Phase.QUEUED);
        ledger.changed(entry);
    }

    /**
     * Makes tasks go on alone, whatever they are at.
     *
     * @param said what is written of the run besides
     * @param entries the tasks
     * @param held those of them that are held for it
     * @param records what is written for each
     * @return whether that was done
     */
    public Recorded eject(
            List<JournalRecord> said,
            List<TaskEntry> entries,
            Set<TaskEntry> held,
            Function<TaskEntry, List<JournalRecord>> records) {
        return atAnyTime(said, entries, held, records, moves::eject);
    }

    private Recorded atAnyTime(
            List<JournalRecord> said,
            List<TaskEntry> entries,
            Set<TaskEntry> held,
            Function<TaskEntry, List<JournalRecord>> records,
            Consumer<TaskEntry> change) {
        return execution.operate(
                said,
                entries.stream()
                        .map(entry -> new Turn(
                                entry,
                                records.apply(entry),
                                List.of(),
                                held.contains(entry),
                                () -> change.accept(entry)))
                        .toList());
    }

    /**
     * Notes that the targets of tasks are open to the application, so that they only go forward. The tasks must be held.
     *
     * @param said what is written of the run besides
     * @param entries the tasks
     * @param records what is written for each, before its point of no return
     * @return whether that was done
     */
    public Recorded declareOpen(
            List<JournalRecord> said, List<TaskEntry> entries, Function<TaskEntry, List<JournalRecord>> records) {
        return control(
                said,
                entries,
                entry -> Stream.concat(
                                records.apply(entry).stream(),
                                Stream.of(Records.pointOfNoReturn(ledger.now(), entry.subject())))
                        .toList(),
                entry -> {
                    entry.member().pastReturn = true;
                    ledger.changed(entry);
                });
    }

    /**
     * Has tasks taken back, once nothing is in flight for them any more.
     *
     * @param said what is written of the run besides
     * @param entries the tasks
     * @param held those of them that are held for it
     * @param records what is written for each
     * @return whether that was done
     */
    public Recorded abort(
            List<JournalRecord> said,
            List<TaskEntry> entries,
            Set<TaskEntry> held,
            Function<TaskEntry, List<JournalRecord>> records) {
        return atAnyTime(said, entries, held, records, entry -> {
            entry.member().aborting = true;
            ledger.changed(entry);
        });
    }
}
