/**
 * How runs are reached from here: those this engine owns, those it follows through the journal, and those it takes over.
 */
@NullMarked
package io.omsbatch.core.internal.reach;

import org.jspecify.annotations.NullMarked;
