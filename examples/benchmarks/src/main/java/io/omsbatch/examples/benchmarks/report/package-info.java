/** What was measured, as a table, a page and charts. */
@NullMarked
package io.omsbatch.examples.benchmarks.report;

import org.jspecify.annotations.NullMarked;
