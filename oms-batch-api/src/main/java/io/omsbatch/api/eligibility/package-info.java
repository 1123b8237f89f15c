/**
 * Which operation a task allows: the documented matrix as one table, the lane rule beside it, and the reasons of every
 * refusal.
 */
@NullMarked
package io.omsbatch.api.eligibility;

import org.jspecify.annotations.NullMarked;
