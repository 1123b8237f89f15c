/** One call an item, with an outcome that a database keeps: ours, the floors and the peers. */
@NullMarked
package io.omsbatch.examples.benchmarks.durable.dispatch;

import org.jspecify.annotations.NullMarked;
