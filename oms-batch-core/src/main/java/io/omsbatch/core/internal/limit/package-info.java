/** How many calls and tasks may begin: rates, and limits for what tasks share. */
@NullMarked
package io.omsbatch.core.internal.limit;

import org.jspecify.annotations.NullMarked;
