/**
 * A simulated world: an environment without real time, and a migration platform in memory that obeys the life cycle, fails
 * as it is told, and remembers every call.
 */
@NullMarked
package io.omsbatch.testkit.fake;

import org.jspecify.annotations.NullMarked;
