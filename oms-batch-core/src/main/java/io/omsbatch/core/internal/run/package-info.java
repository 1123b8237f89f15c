/**
 * Carries out runs: admission, dispatch, settling, outcomes.
 */
@NullMarked
package io.omsbatch.core.internal.run;

import org.jspecify.annotations.NullMarked;
