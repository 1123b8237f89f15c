/** Runs whose process was killed: how long it takes another to go on with them. */
@NullMarked
package io.omsbatch.examples.benchmarks.durable.recovery;

import org.jspecify.annotations.NullMarked;
