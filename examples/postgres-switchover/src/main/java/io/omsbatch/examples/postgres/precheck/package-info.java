/** What would stop a migration or a switchover, found before it does. */
@NullMarked
package io.omsbatch.examples.postgres.precheck;

import org.jspecify.annotations.NullMarked;
