/** The platform's worker: carries out what the tables say is to be done, and can be killed at any moment. */
@NullMarked
package io.omsbatch.examples.postgres.drive;

import org.jspecify.annotations.NullMarked;
