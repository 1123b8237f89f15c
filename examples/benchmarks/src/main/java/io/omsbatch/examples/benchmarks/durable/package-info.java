/** The durable workloads: what is done is kept by a database before anybody is told. */
@NullMarked
package io.omsbatch.examples.benchmarks.durable;

import org.jspecify.annotations.NullMarked;
