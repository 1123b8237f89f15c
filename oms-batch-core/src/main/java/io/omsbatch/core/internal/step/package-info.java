/**
 * What an operation asks of its platform, step by step: how a task is looked at, when its command may be sent, and when its
 * step is over.
 */
@NullMarked
package io.omsbatch.core.internal.step;

import org.jspecify.annotations.NullMarked;
