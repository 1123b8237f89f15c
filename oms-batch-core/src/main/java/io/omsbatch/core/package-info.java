/**
 * Builds engines: the only place that creates the parts and wires them together.
 */
@NullMarked
package io.omsbatch.core;

import org.jspecify.annotations.NullMarked;
