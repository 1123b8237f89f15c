/** Which operation fits which task, and why not: by the library's policy, by hand, and by a rule engine. */
@NullMarked
package io.omsbatch.examples.benchmarks.decide;

import org.jspecify.annotations.NullMarked;
