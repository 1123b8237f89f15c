/** What a workload and its contenders are, whoever measures them. */
@NullMarked
package io.omsbatch.examples.benchmarks.frame;

import org.jspecify.annotations.NullMarked;
