/** A migration task as the platform keeps it, and the rules by which a command changes it. Values only. */
@NullMarked
package io.omsbatch.examples.postgres.task;

import org.jspecify.annotations.NullMarked;
