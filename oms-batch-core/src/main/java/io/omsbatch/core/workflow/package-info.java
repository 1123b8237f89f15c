/**
 * The tables the engine is driven by: the steps of every operation and of the switchover, as data that can be rendered.
 */
@NullMarked
package io.omsbatch.core.workflow;

import org.jspecify.annotations.NullMarked;
