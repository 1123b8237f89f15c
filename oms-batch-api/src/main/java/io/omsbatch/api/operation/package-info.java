/**
 * The nine batch operations and the request, actor and confirmation that lead to a run.
 */
@NullMarked
package io.omsbatch.api.operation;

import org.jspecify.annotations.NullMarked;
