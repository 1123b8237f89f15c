/** The databases of the example, and the few ways in which they are used. */
@NullMarked
package io.omsbatch.examples.cluster.database;

import org.jspecify.annotations.NullMarked;
