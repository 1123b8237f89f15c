/**
 * From a request and what was read to a plan: pure functions, no clock, no input or output.
 */
@NullMarked
package io.omsbatch.core.plan;

import org.jspecify.annotations.NullMarked;
