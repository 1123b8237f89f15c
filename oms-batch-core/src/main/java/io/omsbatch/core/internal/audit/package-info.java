/**
 * The hash chain over what a run was confirmed to do and what it did (SEC-4), without a database.
 */
@NullMarked
package io.omsbatch.core.internal.audit;

import org.jspecify.annotations.NullMarked;
