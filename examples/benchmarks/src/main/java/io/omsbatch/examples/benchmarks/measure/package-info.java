/** Measures: contenders in JVMs of their own, one after the other, round by round. */
@NullMarked
package io.omsbatch.examples.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
