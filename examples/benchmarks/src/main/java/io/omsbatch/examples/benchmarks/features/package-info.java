/** What it costs a run to be paced, limited and watched. */
@NullMarked
package io.omsbatch.examples.benchmarks.features;

import org.jspecify.annotations.NullMarked;
