/**
 * How each task of a run ended, and the report over all of them.
 */
@NullMarked
package io.omsbatch.api.outcome;

import org.jspecify.annotations.NullMarked;
