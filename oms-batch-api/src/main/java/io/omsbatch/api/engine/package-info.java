/**
 * What a host calls: plan, confirm, run, follow, and steer a switchover.
 */
@NullMarked
package io.omsbatch.api.engine;

import org.jspecify.annotations.NullMarked;
