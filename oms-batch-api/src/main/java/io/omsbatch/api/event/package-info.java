/**
 * What a run tells its listeners while it is under way.
 */
@NullMarked
package io.omsbatch.api.event;

import org.jspecify.annotations.NullMarked;
