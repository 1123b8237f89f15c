package io.omsbatch.core.internal.read;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.core.internal.pace.Backoff;

/**
 * What every read needs.
 *
 * @param environment time and threads
 * @param looker makes the calls
 * @param backoff the pauses before retries
 * @param retries how often what failed in a way that may pass is read again
 */
public record ReadMeans(Environment environment, Looker looker, Backoff backoff, int retries) {}
