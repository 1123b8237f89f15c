/**
 * What goes wrong in a simulated platform, and at which calls.
 */
@NullMarked
package io.omsbatch.testkit.fault;

import org.jspecify.annotations.NullMarked;
