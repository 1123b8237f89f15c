/** Short-lived sessions on the databases of one PostgreSQL server, every statement with a time limit. */
@NullMarked
package io.omsbatch.examples.postgres.database;

import org.jspecify.annotations.NullMarked;
