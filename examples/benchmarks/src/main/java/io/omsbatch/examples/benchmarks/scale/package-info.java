/** How time and memory grow with the number of tasks. */
@NullMarked
package io.omsbatch.examples.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
