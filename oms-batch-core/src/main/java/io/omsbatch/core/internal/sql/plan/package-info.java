/**
 * The rows of plans, and which columns of all tables are chained.
 */
@NullMarked
package io.omsbatch.core.internal.sql.plan;

import org.jspecify.annotations.NullMarked;
