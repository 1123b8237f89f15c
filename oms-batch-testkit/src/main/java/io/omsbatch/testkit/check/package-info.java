/**
 * Whether a run kept the promises, judged from what was recorded of it: one check a promise, each failing with the promise's
 * id, what was broken, and the whole history.
 */
@NullMarked
package io.omsbatch.testkit.check;

import org.jspecify.annotations.NullMarked;
