/** Publications, slots and subscriptions of one database, in either direction, and what the servers say of them. */
@NullMarked
package io.omsbatch.examples.postgres.replication;

import org.jspecify.annotations.NullMarked;
