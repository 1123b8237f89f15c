/** The databases in which contenders keep what they did, and the rows by which that is checked. */
@NullMarked
package io.omsbatch.examples.benchmarks.durable.store;

import org.jspecify.annotations.NullMarked;
