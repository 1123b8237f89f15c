/** The run that {@code main} shows: a fleet of shops through the whole switchover, with its proof. */
@NullMarked
package io.omsbatch.examples.postgres.demo;

import org.jspecify.annotations.NullMarked;
