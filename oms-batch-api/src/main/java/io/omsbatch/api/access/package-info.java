/**
 * The port that decides who may do what to which task.
 */
@NullMarked
package io.omsbatch.api.access;

import org.jspecify.annotations.NullMarked;
