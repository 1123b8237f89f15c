/**
 * A simulator for a host's use of the engine: virtual time, processes that die or freeze, journals and platforms that fail,
 * operators at their boards. One seed is one trial, and gives the same one whenever it is run.
 */
@NullMarked
package io.omsbatch.testkit.simulation;

import org.jspecify.annotations.NullMarked;
