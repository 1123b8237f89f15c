package io.omsbatch.core.internal.story;

import io.omsbatch.api.engine.TaskStory;
import io.omsbatch.api.engine.TaskStory.Sentence;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.TaskRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what happened to a task in a run, by what was confirmed and the facts alone. */
public final class TaskStories {

    private static final int AT_ONCE = 1_000;

    private TaskStories() {}

    /**
     * Returns whether the story of a task needs a fact: one about the task, or about the run as a whole.
     *
     * @param fact the fact
     * @param task the task
     */
    static boolean needs(JournalRecord fact, TaskRef task) {
        return fact.subject() == null
                ? fact.kind() != JournalRecord.Kind.ANSWERED
                : fact.subject().task().equals(task);
    }

    /**
     * Tells the story of a task by what a journal holds, keeping no more of it than the story needs.
     *
     * @param run what was confirmed
     * @param task the task
     * @param journal holds the run's facts
     * @param undoes whether the platform takes steps back
     * @return the story
     * @throws IllegalArgumentException if the run has no such task
     */
    public static TaskStory of(RunRecord run, TaskRef task, JournalStore journal, boolean undoes) {
        List<JournalEntry> needed = new ArrayList<>();
        List<JournalEntry> page = journal.read(run.runId(), 0, AT_ONCE);
        while (!page.isEmpty()) {
            page.stream().filter(entry -> needs(entry.record(), task)).forEach(needed::add);
            page = journal.read(run.runId(), page.get(page.size() - 1).sequence(), AT_ONCE);
        }
        return of(run, task, needed, undoes);
    }

    /**
     * Tells the story of a task.
     *
     * @param run what was confirmed
     * @param task the task
     * @param facts the run's facts in order; those that the story does not need may be left out
     * @param undoes whether the platform takes steps back
     * @return the story
     * @throws IllegalArgumentException if the run has no such task
     */
    public static TaskStory of(RunRecord run, TaskRef task, List<JournalEntry> facts, boolean undoes) {
        PlannedTask planned = PlannedTask.of(run, task);
        List<Sentence> sentences = new ArrayList<>();
        sentences.add(new Sentence(run.plan().plannedAt(), planned.text()));
        sentences.add(new Sentence(run.startedAt(), planned.confirmation()));
        SwitchoverDirection direction = run.plan().request().operation().kind().direction();
        FactTeller teller = new FactTeller(planned.reasons(), direction);
        TaskPosition position = new TaskPosition(planned.rows(), planned.place(), planned.wave(), undoes, direction);
        for (JournalEntry entry : facts) {
            JournalRecord fact = entry.record();
            if (!needs(fact, task) || (fact.subject() == null && position.ended())) {
                continue;
            }
            Optional<String> text = teller.tell(entry);
            text.ifPresent(told -> sentences.add(new Sentence(fact.at(), told)));
            position.note(fact, text.orElse(""));
        }
        return new TaskStory(run.runId(), task, sentences, position.now());
    }
}
