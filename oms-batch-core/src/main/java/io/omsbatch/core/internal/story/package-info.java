/**
 * What happened to a task, told from the facts of its run in sentences.
 */
@NullMarked
package io.omsbatch.core.internal.story;

import org.jspecify.annotations.NullMarked;
