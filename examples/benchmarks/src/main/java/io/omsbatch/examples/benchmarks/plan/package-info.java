/** From selected tasks to a plan: by the engine, and by hand. */
@NullMarked
package io.omsbatch.examples.benchmarks.plan;

import org.jspecify.annotations.NullMarked;
