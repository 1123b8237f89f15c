/**
 * What is particular to the switchover: when a step may be commanded, when it is over, and what an operator may do.
 */
@NullMarked
package io.omsbatch.core.internal.switchover;

import org.jspecify.annotations.NullMarked;
