/** Whether both servers hold the same rows. */
@NullMarked
package io.omsbatch.examples.postgres.verify;

import org.jspecify.annotations.NullMarked;
