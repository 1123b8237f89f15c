/** A platform that costs nothing, and the engine over it. */
@NullMarked
package io.omsbatch.examples.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
