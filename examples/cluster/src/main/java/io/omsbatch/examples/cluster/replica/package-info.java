/** A replica of the service: an engine, and the tasks of db-scheduler that let it tend runs. */
@NullMarked
package io.omsbatch.examples.cluster.replica;

import org.jspecify.annotations.NullMarked;
