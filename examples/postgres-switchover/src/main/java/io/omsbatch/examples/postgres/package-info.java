/** A batch forward switchover of real PostgreSQL databases, from the command line. */
@NullMarked
package io.omsbatch.examples.postgres;

import org.jspecify.annotations.NullMarked;
