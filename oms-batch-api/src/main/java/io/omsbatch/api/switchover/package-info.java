/**
 * What is known of a task on its way through the forward switchover, and the board that shows it.
 */
@NullMarked
package io.omsbatch.api.switchover;

import org.jspecify.annotations.NullMarked;
