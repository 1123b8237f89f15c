/** The application of this example: a small shop in every database, writing all the time. */
@NullMarked
package io.omsbatch.examples.postgres.shop;

import org.jspecify.annotations.NullMarked;
