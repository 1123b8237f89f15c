/**
 * The journal that lives in memory.
 */
@NullMarked
package io.omsbatch.core.journal;

import org.jspecify.annotations.NullMarked;
