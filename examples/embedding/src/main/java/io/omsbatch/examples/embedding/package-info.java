/** A host with a platform of its own, which embeds the library. */
@NullMarked
package io.omsbatch.examples.embedding;

import org.jspecify.annotations.NullMarked;
