/**
 * Random tasks, operations, requests and fault scripts for jqwik, with edge cases built in. Only jqwik 1.9.3 is supported.
 */
@NullMarked
package io.omsbatch.testkit.arbitraries;

import org.jspecify.annotations.NullMarked;
