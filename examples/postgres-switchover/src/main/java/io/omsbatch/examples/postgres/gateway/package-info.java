/** The library's ports, implemented for this platform: translation and nothing else. */
@NullMarked
package io.omsbatch.examples.postgres.gateway;

import org.jspecify.annotations.NullMarked;
