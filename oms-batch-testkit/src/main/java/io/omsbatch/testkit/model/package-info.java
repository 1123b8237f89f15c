/** A model of the transitions of migration tasks, for random walks over a host's own platform with jqwik. */
@NullMarked
package io.omsbatch.testkit.model;

import org.jspecify.annotations.NullMarked;
