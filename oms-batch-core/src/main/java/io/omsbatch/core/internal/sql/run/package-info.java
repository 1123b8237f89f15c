/**
 * The rows of runs: who owns them, what they hold, how they are listed and purged.
 */
@NullMarked
package io.omsbatch.core.internal.sql.run;

import org.jspecify.annotations.NullMarked;
