/** Assertions about plans, reports and boards, which need no assertion library, and show the whole picture when they fail. */
@NullMarked
package io.omsbatch.testkit.assertion;

import org.jspecify.annotations.NullMarked;
