/** Switchovers of eight steps, whose every step a database keeps: ours, the floors and the peers. */
@NullMarked
package io.omsbatch.examples.benchmarks.durable.cutover;

import org.jspecify.annotations.NullMarked;
