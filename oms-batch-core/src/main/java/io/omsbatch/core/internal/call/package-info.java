/**
 * Makes gateway calls in a bounded number of slots, each with a timeout.
 */
@NullMarked
package io.omsbatch.core.internal.call;

import org.jspecify.annotations.NullMarked;
