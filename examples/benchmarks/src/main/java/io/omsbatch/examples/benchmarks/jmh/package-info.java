/** The pure parts by themselves, measured by JMH. */
@NullMarked
package io.omsbatch.examples.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
