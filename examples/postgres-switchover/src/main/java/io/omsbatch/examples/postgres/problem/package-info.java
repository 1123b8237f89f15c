/** What can go wrong on the migration platform, said as code, message and remedy, and the bounded wait that says it. */
@NullMarked
package io.omsbatch.examples.postgres.problem;

import org.jspecify.annotations.NullMarked;
