/** The batch page's operations over HTTP. */
@NullMarked
package io.omsbatch.examples.service.web;

import org.jspecify.annotations.NullMarked;
