/** The platform: tasks that are rows of a database of its own, and its gateway. */
@NullMarked
package io.omsbatch.examples.cluster.fleet;

import org.jspecify.annotations.NullMarked;
