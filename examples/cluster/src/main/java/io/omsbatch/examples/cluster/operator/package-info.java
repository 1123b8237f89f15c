/** The people: who plans and confirms, at whichever replica, and what they see. */
@NullMarked
package io.omsbatch.examples.cluster.operator;

import org.jspecify.annotations.NullMarked;
