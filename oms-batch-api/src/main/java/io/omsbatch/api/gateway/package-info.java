/**
 * The ports a host implements for its own migration platform.
 */
@NullMarked
package io.omsbatch.api.gateway;

import org.jspecify.annotations.NullMarked;
