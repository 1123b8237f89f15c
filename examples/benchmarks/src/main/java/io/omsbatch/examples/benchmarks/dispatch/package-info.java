/** One call for each of many items, some at once: by the engine, by hand, and by libraries for calls that may fail. */
@NullMarked
package io.omsbatch.examples.benchmarks.dispatch;

import org.jspecify.annotations.NullMarked;
