/**
 * The port behind which a run remembers what it intended, what came of it, and which tasks it holds.
 */
@NullMarked
package io.omsbatch.api.journal;

import org.jspecify.annotations.NullMarked;
