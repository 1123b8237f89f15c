package io.omsbatch.api.engine;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What happened to a task in a run, in order, in sentences, and what it waits for. Immutable.
 *
 * @param runId the run
 * @param task the task
 * @param sentences what happened, in order
 * @param now how it stands now and what it waits for, escaped
 * @since 0.1.0
 */
public record TaskStory(String runId, TaskRef task, List<Sentence> sentences, String now) {

    /**
     * Something that happened.
     *
     * @param at when, by the clock of the engine that wrote it
     * @param text what, escaped
     */
    public record Sentence(Instant at, String text) {
        /** Makes the text safe to show. */
        public Sentence {
            Objects.requireNonNull(at, "Sentence.at");
            text = SafeText.escape(Objects.requireNonNull(text, "Sentence.text"));
        }
    }

    /** Copies the sentences and makes the text safe to show. */
    public TaskStory {
        Limits.id("TaskStory.runId", runId);
        Objects.requireNonNull(task, "TaskStory.task");
        sentences = List.copyOf(Objects.requireNonNull(sentences, "TaskStory.sentences"));
        now = SafeText.escape(Objects.requireNonNull(now, "TaskStory.now"));
    }

    /** Returns the story as plain text, safe for a terminal. */
    public String render() {
        StringBuilder text = new StringBuilder(task + " in run " + SafeText.escape(runId) + "\n");
        sentences.forEach(sentence ->
                text.append(sentence.at()).append("  ").append(sentence.text()).append('\n'));
        return text.append("now  ").append(now).append('\n').toString();
    }
}
