/** What tables, sequences, foreign keys and triggers a database has, and copying them to the other server. */
@NullMarked
package io.omsbatch.examples.postgres.schema;

import org.jspecify.annotations.NullMarked;
