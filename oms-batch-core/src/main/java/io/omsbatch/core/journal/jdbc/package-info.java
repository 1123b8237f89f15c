/**
 * The journal in a relational database: H2, PostgreSQL, MariaDB and MySQL.
 */
@NullMarked
package io.omsbatch.core.journal.jdbc;

import org.jspecify.annotations.NullMarked;
