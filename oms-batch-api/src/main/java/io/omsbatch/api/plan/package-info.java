/**
 * What a confirmation dialog shows before anything is changed.
 */
@NullMarked
package io.omsbatch.api.plan;

import org.jspecify.annotations.NullMarked;
