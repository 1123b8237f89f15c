/**
 * How long to wait before the next try or look.
 */
@NullMarked
package io.omsbatch.core.internal.pace;

import org.jspecify.annotations.NullMarked;
