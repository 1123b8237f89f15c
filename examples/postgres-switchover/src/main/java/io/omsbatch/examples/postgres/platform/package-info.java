/** The migration platform as its callers see it. */
@NullMarked
package io.omsbatch.examples.postgres.platform;

import org.jspecify.annotations.NullMarked;
