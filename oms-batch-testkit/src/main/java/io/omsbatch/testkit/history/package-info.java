/**
 * What happened, in order: every call of a gateway, every fact that reached the journal, every claim.
 */
@NullMarked
package io.omsbatch.testkit.history;

import org.jspecify.annotations.NullMarked;
