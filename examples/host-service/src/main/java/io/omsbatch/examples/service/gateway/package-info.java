/** The adapter between the platform and the library. */
@NullMarked
package io.omsbatch.examples.service.gateway;

import org.jspecify.annotations.NullMarked;
