/**
 * What a flight recording of the virtual machine shows of the engine.
 */
@NullMarked
package io.omsbatch.core.internal.flight;

import org.jspecify.annotations.NullMarked;
