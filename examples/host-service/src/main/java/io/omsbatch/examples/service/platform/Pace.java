package io.omsbatch.examples.service.platform;

import java.time.Duration;

/**
 * How long the platform takes.
 *
 * @param order from when an order is taken until it has its effect
 * @param stage how long each stage before the cutover lasts
 * @param step how long a step of the cutover lasts
 */
public record Pace(Duration order, Duration stage, Duration step) {}
