/** Real PostgreSQL servers that live only as long as one run. */
@NullMarked
package io.omsbatch.examples.postgres.server;

import org.jspecify.annotations.NullMarked;
