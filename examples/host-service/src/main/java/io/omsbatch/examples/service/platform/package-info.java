/** The migration platform of this service: jobs in a database. It knows nothing of batches, nor of the library. */
@NullMarked
package io.omsbatch.examples.service.platform;

import org.jspecify.annotations.NullMarked;
