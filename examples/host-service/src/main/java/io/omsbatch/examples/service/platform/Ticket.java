package io.omsbatch.examples.service.platform;

import java.time.Instant;

/**
 * With what an order comes.
 *
 * @param run on whose behalf; tokens are compared within it
 * @param token grows with each who speaks for the run; a lower one than was seen is refused
 * @param key identifies the order; a key that had its effect gets no second one
 * @param deadline after this the order has no effect
 */
public record Ticket(String run, long token, String key, Instant deadline) {}
