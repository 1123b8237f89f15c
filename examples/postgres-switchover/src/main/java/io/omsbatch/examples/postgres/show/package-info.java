/** What a person sees of a run: the terminal, bars, boards and times. */
@NullMarked
package io.omsbatch.examples.postgres.show;

import org.jspecify.annotations.NullMarked;
