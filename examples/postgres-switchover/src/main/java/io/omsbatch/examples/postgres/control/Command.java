package io.omsbatch.examples.postgres.control;

import io.omsbatch.examples.postgres.task.Wish;

/**
 * A wish with what makes it safe to repeat and to refuse. Immutable.
 *
 * @param taskId the task
 * @param wish what is wanted
 * @param key the same for each repetition of the same command
 * @param attempt which repetition
 * @param runId on whose behalf; tokens are compared within it
 * @param token who of those that ever acted on its behalf; the higher is the later
 * @param actor the person
 */
public record Command(String taskId, Wish wish, String key, int attempt, String runId, long token, String actor) {}
