/**
 * What hosts extend to prove their own gateways, stores and policies right: one abstract class for each port, one factory
 * method each. JUnit Jupiter only.
 *
 * <p>What an implementation cannot do, or what a test cannot set up on its platform, is skipped visibly, with a reason.
 */
@NullMarked
package io.omsbatch.testkit.contract;

import org.jspecify.annotations.NullMarked;
