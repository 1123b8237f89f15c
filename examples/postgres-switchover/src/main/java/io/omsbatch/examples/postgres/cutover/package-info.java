/** The moves of a switchover: door, write stop, catch-up, target store, objects, reverse increment. */
@NullMarked
package io.omsbatch.examples.postgres.cutover;

import org.jspecify.annotations.NullMarked;
