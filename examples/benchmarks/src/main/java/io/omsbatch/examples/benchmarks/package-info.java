/** The library beside hand-written floors and what hosts would use instead: which workloads there are, and the program that measures them. */
@NullMarked
package io.omsbatch.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
