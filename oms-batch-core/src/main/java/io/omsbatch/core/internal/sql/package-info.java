/**
 * Statements and transactions on the databases that a journal can live in, each with its dialect.
 */
@NullMarked
package io.omsbatch.core.internal.sql;

import org.jspecify.annotations.NullMarked;
