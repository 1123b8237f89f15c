/**
 * The rows of facts and of what waits to become one: appends, inboxes, and the audit of the chain.
 */
@NullMarked
package io.omsbatch.core.internal.sql.entry;

import org.jspecify.annotations.NullMarked;
