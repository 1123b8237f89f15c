/** The engine, its journal, its policies, and when they start and stop. */
@NullMarked
package io.omsbatch.examples.service.engine;

import org.jspecify.annotations.NullMarked;
