/**
 * Which tasks a run may command: claims and what keeps them.
 */
@NullMarked
package io.omsbatch.core.internal.ownership;

import org.jspecify.annotations.NullMarked;
