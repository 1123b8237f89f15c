/** Dry runs: what a run would do, without doing it. */
@NullMarked
package io.omsbatch.core.internal.dry;

import org.jspecify.annotations.NullMarked;
