/**
 * Intent before call, result after it, and what a call or a look at a task means for its outcome.
 */
@NullMarked
package io.omsbatch.core.internal.durable;

import org.jspecify.annotations.NullMarked;
