/**
 * Architecture rules for a host's own code.
 */
@NullMarked
package io.omsbatch.testkit.rules;

import org.jspecify.annotations.NullMarked;
