/**
 * Reads tasks in pages and takes nothing a gateway answers on trust.
 */
@NullMarked
package io.omsbatch.core.internal.read;

import org.jspecify.annotations.NullMarked;
