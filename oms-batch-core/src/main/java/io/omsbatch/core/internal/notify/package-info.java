/**
 * Tells listeners what happens, in order, without ever letting them hold up a run.
 */
@NullMarked
package io.omsbatch.core.internal.notify;

import org.jspecify.annotations.NullMarked;
