/** A service in several replicas that share their runs, from its start to the account of who did what. */
@NullMarked
package io.omsbatch.examples.cluster;

import org.jspecify.annotations.NullMarked;
